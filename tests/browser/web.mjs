// Drives the clinician's page in Chromium on its users' paths. Usage: node web.mjs http://127.0.0.1:8017/ [FOLDER]
// With a folder, a screenshot of every state goes there. The browser: CHROMIUM, or /usr/bin/chromium.
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import * as shared from './page.mjs';
import { browser, check, fault, folder, leadsTo, look, run, url, value } from './page.mjs';

const open = (where, options = {}) => shared.open(where, { complains: true, ...options });

const pages = (page, count) => page.waitForFunction((count) => document.querySelectorAll('#preview svg.paper').length === count, count);
// Clicks a region of the first drawn body that has it, in the middle of its left part.
async function pointAt(page, region) {
  const at = await page.evaluate((region) => {
    const path = document.querySelector(`.at-${region} path`);
    path.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = path.getBoundingClientRect();
    for (let x = box.left + 1; x < box.right; x += 1) {
      const y = box.top + box.height / 2;
      if (document.elementFromPoint(x, y) === path) return { x: x + 2, y };
    }
    return null;
  }, region);
  await page.mouse.click(at.x, at.y);
}

// What the browser sends when it prints: the answer to the posted form.
async function printed(page, act) {
  const [asked] = await Promise.all([
    page.context().waitForEvent('request', { predicate: (one) => one.url().endsWith('/sheet.pdf') }),
    act(),
  ]);
  return asked;
}

// A preset, the intensity, another region on the body, the therapist, a precaution, Print: six, and no typing.
async function sixInteractions() {
  const where = 'six interactions';
  const page = await open(where);
  const began = Date.now();
  await page.click('.preset[value="runners-calf"]');
  await page.click('label:has([name="intensity"][value="intense"])');
  await pointAt(page, 'foot');
  await page.click('label:has([name="therapist"][value="Valerie"])');
  await page.click('label:has([name="precautions"][value="blood-thinners"])');
  await pages(page, 2);
  await look(page, where);
  const asked = await printed(page, () => page.click('#print'));
  check(where, Date.now() - began < 20_000, 'takes more than 20 seconds');
  const sent = new URLSearchParams(asked.postData());
  check(where, sent.getAll('regions').sort().join() === 'ankle,calf,foot' && sent.get('intensity') === 'intense', `sends ${asked.postData()}`);
  check(where, sent.get('therapist') === 'Valerie' && sent.get('precautions') === 'blood-thinners', 'lacks the therapist or the precaution');
  check(where, !asked.url().includes('?'), 'puts the form into the address');
  // The viewer takes the browser's own answer: the same form once more.
  const headers = { origin: new URL(url).origin, 'content-type': 'application/x-www-form-urlencoded' };
  const sheet = await (await page.request.post(asked.url(), { headers, data: asked.postData() })).body();
  check(where, sheet.subarray(0, 8).toString() === '%PDF-1.7', 'prints no PDF');
  await page.waitForFunction(() => document.querySelectorAll('[name="regions"]:checked').length === 0);
  await page.waitForFunction(() => window.printed === 'application/pdf');
  check(where, (await value(page, 'precautions')) === '', 'keeps the precautions after printing');
  check(where, (await value(page, 'therapist')) === 'Valerie', 'forgets the therapist');
  await page.click('#last');
  await pages(page, 2);
  check(where, (await value(page, 'regions')).startsWith('calf'), '“same as last” does not bring the area back');
  check(where, (await value(page, 'precautions')) === '', '“same as last” brings the last patient’s precautions back');
  await page.context().close();
}

// The figure is a second way to the same checkboxes, with and without scripts.
async function bodyMap(options, where) {
  const page = await open(where, options);
  await pointAt(page, 'chest');
  check(where, (await value(page, 'regions')) === 'chest', `a click on the chest chooses “${await value(page, 'regions')}”`);
  await pointAt(page, 'chest');
  check(where, (await value(page, 'regions')) === '', 'a second click does not take it back');
  const named = await page.getByRole('checkbox', { name: 'Chest', exact: true }).count();
  check(where, named === 1, `${named} check boxes are called “Chest”: the figure speaks too`);
  await page.context().close();
}

async function keyboardOnly() {
  const where = 'keyboard only';
  const page = await open(where);
  await page.keyboard.press('6');
  await pages(page, 2);
  check(where, (await value(page, 'activity')) === 'running', 'key 6 does not choose the sixth preset');
  await page.focus('[name="intensity"]:checked');
  await page.keyboard.press('ArrowRight');
  check(where, (await value(page, 'intensity')) === 'intense', 'arrows do not choose the intensity');
  const marked = await page.evaluate(() => [...document.querySelectorAll('.differs')].map((field) => field.dataset.field).join());
  check(where, marked === 'intensity', `marks “${marked}” as changed`);
  await look(page, 'changed from the preset');
  // By name: whether any of its stops shows the focus. A time field has several, some drawn by the browser itself.
  const seen = new Map();
  for (let step = 0; step < 90; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const shown = one.matches('.chip input, .choice input, .figure input') ? one.closest('label') : one;
      const style = getComputedStyle(shown);
      const box = shown.getBoundingClientRect();
      const bar = document.querySelector('.bar').getBoundingClientRect();
      const inBar = one.closest('.bar') !== null;
      return { name: one.id || one.name || one.className || one.tagName, visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, hidden: !inBar && box.height > 0 && box.top >= bar.top - 1 };
    });
    if (!stop) continue;
    check(where, !stop.hidden, `the bar covers ${stop.name}`);
    seen.set(stop.name, stop.visible || seen.get(stop.name));
  }
  for (const [name, visible] of seen) check(where, visible, `no visible focus on ${name}`);
  for (const control of ['region-hand', 'field-note', 'print', 'clear', 'preview']) check(where, seen.has(control), `Tab never reaches ${control}`);
  await page.focus('#field-patient');
  await page.keyboard.type('Ann 2');
  check(where, (await value(page, 'patient')) === 'Ann 2', 'a digit in a name is taken for a key');
  await page.waitForFunction(() => document.querySelector('#preview')?.textContent.includes('Ann'));
  await page.keyboard.press('Enter');
  check(where, (await page.evaluate(() => document.activeElement.id)) === 'print', 'Enter in the name does not go to Print');
  check(where, (await value(page, 'patient')) === 'Ann 2', 'Enter in the name prints');
  const asked = await printed(page, () => page.keyboard.press('Enter'));
  check(where, new URLSearchParams(asked.postData()).get('patient') === 'Ann 2', 'Enter prints another form');
  await page.keyboard.press('1');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelectorAll('[name="regions"]:checked').length === 0);
  await page.context().close();
}

async function withoutScripts() {
  const where = 'without scripts';
  const page = await open(where, { javaScriptEnabled: false });
  await page.click('.preset[value="neck-moderate"]');
  await page.waitForLoadState();
  check(where, (await page.locator('#preview svg.paper').count()) === 2, 'a preset shows no sheet');
  check(where, page.url() === url, `the address becomes ${page.url()}`);
  await page.fill('#field-patient', 'Ann');
  await page.click('.look');
  await page.waitForLoadState();
  check(where, (await page.locator('#preview').textContent()).includes('Ann'), 'the sheet does not show the name');
  const asked = await printed(page, () => page.click('#print'));
  check(where, new URLSearchParams(asked.postData()).get('regions') === 'neck', 'Print sends no region');
  await page.context().close();
}

async function faultsAtFields() {
  const where = 'faults';
  const page = await open(where);
  await page.keyboard.press('Enter');
  check(where, (await page.textContent('#status')).trim() !== '', 'Enter without an area says nothing');
  await page.keyboard.press('1');
  await pages(page, 2);
  await page.fill('#field-rest_hours', '999');
  await page.waitForSelector('#faults-rest_hours .fault');
  await look(page, where);
  check(where, (await page.getAttribute('#field-rest_hours', 'aria-invalid')) === 'true', 'the field is not marked');
  let sent = false;
  page.context().on('request', (one) => { sent ||= one.url().endsWith('.pdf'); });
  await page.click('#print');
  check(where, await leadsTo(page, 'field-rest_hours'), 'Print does not lead to the fault');
  check(where, !sent, 'prints a faulty form');
  await page.fill('#field-rest_hours', '');
  await page.waitForFunction(() => document.querySelectorAll('.fault, .stale').length === 0);
  await pages(page, 2);
  await page.context().close();
}

async function clearing() {
  const where = 'clearing';
  const page = await open(where);
  await page.clock.install();
  await page.reload();
  await page.keyboard.press('2');
  await page.fill('#field-patient', 'Ann');
  await page.fill('#field-note', 'Walk');
  await page.clock.fastForward(4 * 60 * 1000);
  check(where, (await value(page, 'patient')) === 'Ann', 'clears too early');
  await page.clock.fastForward(70 * 1000);
  check(where, (await value(page, 'patient')) === '' && (await value(page, 'note')) === '', 'keeps a patient after five idle minutes');
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  check(where, !/Ann|Walk|neck/.test(kept), `the browser keeps ${kept}`);
  await page.context().close();
}

// Safety cannot be switched off, and the page says why; the lung signs come and go with the regions near the lungs.
async function locked() {
  const where = 'locked';
  const page = await open(where);
  await page.keyboard.press('6');
  await pages(page, 2);
  check(where, !(await page.isVisible('.fact-over-lungs')), 'a calf is near no lung');
  await pointAt(page, 'chest');
  check(where, await page.isVisible('.fact-over-lungs'), 'the lung signs do not show');
  check(where, (await page.textContent('.fact-over-lungs')).includes('locked, because'), 'nobody says why the lung signs are locked');
  await page.waitForFunction(() => document.getElementById('summary').textContent.includes('lung'));
  check(where, (await page.textContent('#preview')).includes('Blue or grey lips.'), 'the sheet lacks the lung signs');
  await page.click('#field-exclude summary');
  const reason = page.locator('#field-exclude .locked');
  check(where, (await reason.isVisible()) && (await reason.textContent()).includes('They always print.'), 'nobody says why the warning signs are locked');
  check(where, (await page.locator('[name="exclude"][value="when-to-call"]').count()) === 0, 'the warning signs can be left out');
  await look(page, where);
  await page.context().close();
}

// What the browser's own Print makes of the page: the sheet's sides and nothing around them.
async function ownPrint() {
  const where = 'print preview';
  const page = await open(where);
  await page.keyboard.press('1');
  await pages(page, 2);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  if (folder) writeFileSync(join(folder, 'print-preview.pdf'), pdf);
  const sides = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  check(where, sides === 2, `prints ${sides} sides`);
  await page.emulateMedia({ media: 'print' });
  for (const part of ['.top', '.choose', '.bar']) check(where, !(await page.isVisible(part)), `prints ${part}`);
  await page.context().close();
}

// Each number key is the preset that shows it, and 0 the last sheet.
async function numberKeys() {
  const where = 'number keys';
  const page = await open(where);
  const keys = await page.evaluate(() => [...document.querySelectorAll('.preset')].map((one) => [one.dataset.key, one.value]));
  check(where, keys.length > 0 && keys.length <= 9, `${keys.length} presets have keys`);
  for (const [key, preset] of keys) {
    await page.keyboard.press(key);
    check(where, (await value(page, 'preset')) === preset, `key ${key} does not choose ${preset}`);
    check(where, (await page.locator('.differs').count()) === 0, `the preset ${preset} differs from itself`);
  }
  await pages(page, 2);
  await page.fill('#field-patient', 'Ann');
  await page.keyboard.press('Enter');
  await printed(page, () => page.keyboard.press('Enter'));
  await page.waitForFunction(() => document.getElementById('field-patient').value === '');
  check(where, (await page.evaluate(() => document.activeElement.id)) !== '', 'the focus is lost after printing');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('0');
  check(where, (await value(page, 'preset')) === keys.at(-1)[1] && (await value(page, 'patient')) === '', 'key 0 does not bring the last sheet back without its patient');
  await page.keyboard.press('Escape');
  check(where, (await value(page, 'regions')) === '', 'Esc does not clear');
  await page.context().close();
}

async function states() {
  for (const [name, options] of [
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true }],
    ['zoomed to 200', { viewport: { width: 683, height: 384 } }],
    ['phone', { viewport: { width: 360, height: 740 } }],
    ['reduced motion', { reducedMotion: 'reduce' }],
    ['forced colours', { forcedColors: 'active' }],
  ]) {
    const page = await open(name, options);
    await look(page, `${name}, empty`);
    await page.click('.preset[value="neck-and-shoulder-desk"]');
    await pages(page, 2);
    await look(page, `${name}, chosen`);
    await page.click('#field-choose summary');
    await page.click('#field-exclude summary');
    await look(page, `${name}, everything open`);
    await page.click('label:has([name="edition"][value="large-print"])');
    await page.waitForFunction(() => document.querySelectorAll('#preview svg.paper').length > 2);
    await page.context().close();
  }
  for (const path of ['nowhere', 'key', 'roster']) {
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(url + path);
    await look(page, `page ${path}`);
    await page.close();
  }
}

async function roster() {
  const where = 'roster';
  const page = await open(where, { path: 'roster' });
  await look(page, `${where}, empty`);
  const rows = ['patient,regions,session_at,note', 'Ann,neck,2026-11-24T15:30,', 'Bob,sholder,2026-11-24T16:00,', 'Cleo,calf;ankle,2026-13-24T16:00,', 'Dan,sholder,2026-11-24T17:00,', 'Eve,hip,2026-11-24T17:30,Well done \u{1f44d}'];
  await page.setInputFiles('#file', { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  const result = (text) => page.waitForFunction((text) => document.getElementById('result')?.textContent.includes(text), text);
  await result('3 to mend. Rows that are not mended are not printed. 1 row needs a look.');
  check(where, (await page.evaluate(() => document.activeElement.name)) === 'cell.2.regions', 'the first bad cell is not in focus');
  check(where, (await page.locator('.list tbody tr').count()) === 5, 'not all rows are listed');
  await look(page, where);
  await page.click('#mend-2 .pick:text-is("Shoulder")');
  check(where, (await page.inputValue('[name="cell.2.regions"]')) === 'Shoulder', 'a choice does not take the place of what is wrong');
  await page.check('[name="same.2.regions"]');
  await page.fill('#mend-3 .calendar', '2026-11-24T17:00');
  // What was changed is checked before it prints; a row that is still wrong stops it.
  await page.fill('[name="cell.3.regions"]', 'calff');
  await page.click('#print');
  await result('1 to mend');
  check(where, !(await page.evaluate(() => window.printed)) && (await page.evaluate(() => document.activeElement.name)) === 'cell.3.regions', 'prints though a row that was changed is wrong');
  await page.fill('[name="cell.3.regions"]', 'calf');
  await page.uncheck('[name="row.4"]');
  await page.click('#print');
  await page.waitForFunction(() => window.printed === 'application/pdf');
  await page.waitForFunction(() => document.getElementById('said').textContent === '4 sheets are open for printing. Still to do: row 4 Dan.');
  check(where, (await page.locator('.list .done').count()) === 4 && (await page.isChecked('[name="row.4"]')) === false, 'what was printed is not marked');
  await look(page, `${where}, printed`);
  await page.check('[name="row.4"]');
  check(where, (await page.textContent('#print')) === 'Print 1 sheet', 'the button does not count the ticks');
  await page.click('.list tr[data-row="1"] [name="open"]');
  await page.waitForSelector('#mend-1');
  await page.fill('[name="cell.1.patient"]', 'Anna');
  await page.click('#again');
  await page.waitForFunction(() => document.querySelector('.list tr[data-row="1"] .name').textContent === 'Anna');
  check(where, (await page.isChecked('[name="row.1"]')) && (await page.isChecked('[name="row.4"]')) && !(await page.isChecked('[name="row.2"]')), 'ticks do not stay, or what was changed after printing is not printed anew');
  // A row that is nobody's is left out and taken back.
  await page.click('.list tr[data-row="2"] [name="open"]');
  await page.waitForSelector('#mend-2');
  await page.click('#mend-2 [name="out"]');
  await page.waitForSelector('.list tr.is-out[data-row="2"]');
  check(where, (await page.textContent('#result')).includes('Left out: 1.'), 'does not say what was left out');
  await look(page, `${where}, left out`);
  await page.click('.list tr[data-row="2"] [name="back"]');
  await page.waitForFunction(() => !document.querySelector('.list tr.is-out'));
  check(where, (await page.textContent('.list tr[data-row="2"] .name')).length > 1, 'a row that was left out does not come back whole');
  await page.context().close();
}

// Leaving with a table is asked first; a table that is gone does not come back, but by its own button while the page is open.
async function rosterHistory() {
  const where = 'roster, back and reload';
  const page = await open(where, { complains: false });
  await page.goto(`${url}roster`);
  const file = { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from('patient,regions\nAnn,neck\nBob,sholder\n') };
  await page.setInputFiles('#file', file);
  await page.waitForSelector('#table');
  await page.fill('[name="cell.2.regions"]', 'shoulder');
  let asked = 0;
  page.on('dialog', (dialog) => { asked += 1; dialog.dismiss(); });
  await page.reload({ timeout: 2000 }).catch(() => {});
  check(where, asked === 1 && (await page.inputValue('[name="cell.2.regions"]')) === 'shoulder', 'Reload loses a table that is being mended');
  await page.goBack({ timeout: 2000 }).catch(() => {});
  check(where, asked === 2 && (await page.locator('#table').count()) === 1, 'Back loses a table that is being mended');
  for (const [roster, told] of [['what,is,this\n1,2,3\n', 'no names of columns'], ['patient,regions\n', 'no rows']]) {
    await page.setInputFiles('#file', { name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) });
    await page.locator('.notice.bad').filter({ hasText: told }).waitFor();
    check(where, (await page.textContent('#said')) === '', `beside “${told}” the page says “${await page.textContent('#said')}”`);
    check(where, (await page.inputValue('[name="cell.2.regions"]')) === 'shoulder', `a file with ${told} takes the table away`);
  }
  await page.click('#clear');
  check(where, (await page.locator('#table').count()) === 0 && (await page.isVisible('#undo')), 'a table that was cleared cannot come back');
  await page.click('#undo');
  check(where, (await page.inputValue('[name="cell.2.regions"]')) === 'shoulder', 'what comes back is not what was there');
  await page.click('#clear');
  await page.reload();
  check(where, (await page.locator('#table').count()) === 0 && !(await page.isVisible('#undo')), 'Reload brings a table back that is gone');
  await page.goBack();
  await page.goForward();
  check(where, page.url() === `${url}roster` && (await page.locator('#table').count()) === 0, 'Back and Forward bring a table back that is gone');
  await page.context().close();
}

// On a phone nothing covers the field that is mended.
async function rosterOnPhone() {
  const where = 'roster on a phone';
  const page = await open(where, { path: 'roster', viewport: { width: 360, height: 740 } });
  await page.setInputFiles('#file', { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from('patient,regions,session_at\nAnn,neck,soon\nBob,sholder,2026-11-24T15:30\n') });
  await page.waitForSelector('.mend');
  for (const control of await page.locator('.mend input:not([type="hidden"]), .list button').all()) {
    await control.focus();
    const covered = await control.evaluate((one) => {
      const box = one.getBoundingClientRect();
      return !one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
    });
    check(where, !covered, `something covers ${await control.getAttribute('name')}`);
  }
  await look(page, where);
  await page.context().close();
}

// As a hostile page or a rebound name would ask; a browser lets nobody forge these, so they go by hand.
function status(path, headers, body) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = request({ hostname, port, path, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function hostile() {
  const own = new URL(url);
  const form = 'regions=neck';
  check('hostile', (await status('/sheet.pdf', { host: own.host, origin: own.origin }, form)) === 200, 'our own page is refused');
  check('hostile', (await status('/sheet.pdf', { host: `evil.example:${own.port}`, origin: own.origin }, form)) === 421, 'a rebound name is answered');
  check('hostile', (await status('/sheet.pdf', { host: own.host, origin: 'https://evil.example' }, form)) === 403, 'another site’s form is taken');
  check('hostile', (await status('/sheet.pdf', { host: own.host, origin: own.origin, 'sec-fetch-site': 'cross-site' }, form)) === 403, 'a cross-site form is taken');
  // A real page of another site, in a real browser.
  const page = await browser.newPage();
  await page.route('http://evil.example/', (route) => route.fulfill({ contentType: 'text/html', body: `<form method="post" action="${url}sheet.pdf"><input name="regions" value="neck"><button>x</button></form>` }));
  await page.goto('http://evil.example/');
  const [answer] = await Promise.all([page.waitForResponse((one) => one.url().startsWith(url)), page.click('button')]);
  check('hostile', answer.status() === 403, `another site’s page gets ${answer.status()}`);
  await page.close();
}

const paths = { sixInteractions, bodyMap: () => bodyMap({}, 'body map'), bodyMapPlain: () => bodyMap({ javaScriptEnabled: false }, 'body map without scripts'), keyboardOnly, withoutScripts, faultsAtFields, clearing, locked, ownPrint, numberKeys, roster, rosterHistory, rosterOnPhone, states, hostile };
await run(paths);
