// The day's last sheets of the clinician's page, to be had again. Usage: node again.mjs http://127.0.0.1:8017/ [FOLDER]
import { check, look, open as opened, run, url, value } from './page.mjs';

const open = (where, options = {}) => opened(where, { complains: true, ...options });
const drawn = (page) => page.waitForFunction(() => document.querySelectorAll('#preview svg.paper').length > 0);
const said = (page, text) => page.waitForFunction((text) => document.getElementById('status').textContent.includes(text), text);
const lines = (page) => page.$$eval('#again-list li span', (all) => all.map((one) => one.textContent));

// The form that is posted when `act` prints.
async function posted(page, act) {
  const [asked] = await Promise.all([page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/sheet.pdf')), act()]);
  return asked.postData();
}

async function print(page) {
  const sent = await posted(page, () => page.click('#print'));
  await said(page, 'Ready for the next patient');
  return sent;
}

// A sheet of a left shoulder for Zoë Miller, printed.
async function withOne(page) {
  await page.click('label:has(#region-shoulder)');
  await page.selectOption('[name="side-shoulder"]', 'left');
  await page.click('label:has([name="precautions"][value="blood-thinners"])');
  await page.fill('#field-patient', 'Zoë Miller');
  await page.fill('#field-note', 'Walk to the lake');
  await drawn(page);
  return print(page);
}

// The printer jams: one press makes the same sheet, to the byte, also when the clock has gone on.
async function jam() {
  const where = 'after a jam';
  const page = await open(where);
  check(where, await page.isDisabled('#again-open'), 'there is a list before there is a sheet');
  const first = await withOne(page);
  await look(page, where);
  await page.focus('#reprint');
  const second = await posted(page, () => page.keyboard.press('Enter'));
  check(where, first === second && first.includes('session_at=2026-11-24T15%3A30'), `prints ${second} in place of ${first}`);
  check(where, !first.includes('session_now'), 'the time of the sheet is left to the clock');
  const headers = { origin: new URL(url).origin, 'content-type': 'application/x-www-form-urlencoded' };
  const bytes = await Promise.all([first, second].map(async (data) => (await page.request.post(`${url}sheet.pdf`, { headers, data })).body()));
  check(where, bytes[0].equals(bytes[1]) && bytes[0].subarray(0, 5).toString() === '%PDF-', 'the second sheet is another one');
  await said(page, 'Open for printing once more: 3:30 PM · Shoulder (left) · Zoë.');
  check(where, (await page.isVisible('#reprint')), 'a second jam has no button');
  check(where, (await value(page, 'patient')) === '', 'printing again fills the form');
  await page.click('#again-open');
  check(where, (await lines(page)).join() === '3:30 PM · Shoulder (left) · Zoë', `the list says “${await lines(page)}”`);
  await page.context().close();
}

// By keyboard alone: into the list, back into the form, and what stood there comes back.
async function bring() {
  const where = 'bring back';
  const page = await open(where);
  await withOne(page);
  await page.keyboard.press('1');
  await page.fill('#field-patient', 'Ann');
  check(where, !(await page.isVisible('#reprint')), 'the next patient still has the former one’s button');
  await page.focus('#again-open');
  await page.keyboard.press('Enter');
  check(where, (await page.getAttribute('#again-open', 'aria-expanded')) === 'true', 'nobody hears that the list is open');
  await look(page, where);
  await page.focus('#again-list button:nth-of-type(2)');
  await page.keyboard.press('Enter');
  await said(page, 'In the form: 3:30 PM · Shoulder (left) · Zoë.');
  const back = await Promise.all(['patient', 'note', 'precautions', 'regions', 'side-shoulder', 'session_at'].map((name) => value(page, name)));
  check(where, back.join('|') === 'Zoë Miller|Walk to the lake|blood-thinners|shoulder|left|2026-11-24T15:30', `brings “${back.join('|')}” back`);
  check(where, !(await page.isVisible('#again')), 'the list stays open');
  await page.click('#undo');
  check(where, (await value(page, 'patient')) === 'Ann' && (await value(page, 'regions')) === 'neck', 'what was typed for the next patient is lost');
  await page.context().close();
}

async function copy() {
  const where = 'copy for a new patient';
  const page = await open(where);
  await withOne(page);
  await page.click('#again-open');
  await page.click('#again-list button:nth-of-type(3)');
  await said(page, 'for a new patient');
  const now = await Promise.all(['patient', 'note', 'precautions', 'regions'].map((name) => value(page, name)));
  check(where, now.join('|') === '|||shoulder', `the new patient gets “${now.join('|')}”`);
  // Nor does one get anything of whoever stands in the form: sheets beside, precautions, a name.
  await page.keyboard.press('Escape');
  await page.click('.preset[value="neck-moderate"]');
  await page.fill('#field-patient', 'Ann');
  await page.fill('#field-note', 'Rest');
  await page.click('label:has([name="precautions"][value="pregnancy"])');
  await drawn(page);
  await Promise.all([page.waitForNavigation(), page.click('.add')]);
  await page.click('label:has([name="edition"][value="large-print"])');
  await page.waitForFunction(() => document.querySelectorAll('#beside li').length === 1);
  await page.click('#again-open');
  await page.click('#again-list button:nth-of-type(3)');
  await said(page, 'for a new patient');
  const next = await Promise.all(['patient', 'note', 'precautions', 'regions', 'beside', 'edition'].map((name) => value(page, name)));
  check(where, next.join('|').replace(',', '') === '|||shoulder||standard', `the next new patient gets “${next.join('|')}”`);
  check(where, await page.evaluate(() => document.activeElement.id === 'field-patient'), 'the new patient’s name is not asked for');
  await page.click('#undo');
  check(where, (await value(page, 'patient')) === 'Ann' && (await value(page, 'note')) === 'Rest', 'what stood in the form does not come back');
  await page.context().close();
}

// Ann is begun, Zoë needs hers again: once that is printed, or cleared, Ann’s form is there again. Undo can be undone.
async function between() {
  const where = 'between two patients';
  const page = await open(where);
  await withOne(page);
  const bring = async () => {
    await page.click('#again-open');
    await page.click('#again-list button:nth-of-type(2)');
    await said(page, 'In the form');
    await drawn(page);
  };
  await page.keyboard.press('1');
  await page.fill('#field-patient', 'Ann');
  await bring();
  await page.fill('#field-note', 'Walk to the sea');
  await page.click('#undo');
  check(where, (await value(page, 'patient')) === 'Ann', 'Undo does not bring Ann');
  await page.click('#undo');
  check(where, (await value(page, 'note')) === 'Walk to the sea', 'Undo loses what was changed on the former sheet');
  await print(page);
  check(where, (await value(page, 'patient')) === 'Ann' && (await value(page, 'regions')) === 'neck', `after the former patient’s sheet the form says “${await value(page, 'patient')}”`);
  check(where, (await page.textContent('#status')).includes('there again'), 'nobody says who stands in the form');
  await bring();
  await page.keyboard.press('Escape');
  check(where, (await value(page, 'patient')) === 'Ann', 'Esc on the former patient’s sheet takes the next patient too');
  await page.keyboard.press('Escape');
  check(where, (await value(page, 'patient')) === '', 'the form does not get empty');
  await page.context().close();
}

// A program that is away takes neither the form nor the list with it.
async function away() {
  const where = 'another treatment, away';
  const page = await opened(where);
  await withOne(page);
  await Promise.all([page.waitForNavigation(), page.click('[name="to_treatment"][value="cupping"]')]);
  await page.route('**/preview', (route) => route.abort());
  for (const button of [2, 3]) {
    await page.click('#again-open');
    await page.click(`#again-list button:nth-of-type(${button})`);
    await said(page, 'does not answer');
    check(where, (await lines(page)).length === 1 && (await value(page, 'treatment')) === 'cupping', 'a page that cannot come takes the list away');
    await page.click('#again-open');
  }
  await page.context().close();
}

async function refused() {
  const where = 'once more, refused';
  const page = await opened(where);
  await withOne(page);
  await page.route('**/sheet.pdf', (route) => route.fulfill({ status: 422, contentType: 'text/html', body: 'no' }));
  await page.click('#reprint');
  await said(page, 'It cannot be printed once more: 3:30 PM · Shoulder (left) · Zoë.');
  await page.context().close();
}

// What tells sheets of one area and one name apart.
async function told() {
  const where = 'lines of the list';
  const page = await open(where);
  await Promise.all([page.waitForNavigation(), page.click('[name="to_treatment"][value="cupping"]')]);
  await page.click('label:has(#region-calf)');
  await page.click('label:has([name="edition"][value="large-print"])');
  await drawn(page);
  await print(page);
  await page.click('#again-open');
  check(where, (await lines(page)).join() === '3:30 PM · Cupping · Calf · Large print · no name', `the list says “${await lines(page)}”`);
  // The page goes, and is kept by the browser for Back.
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  check(where, (await lines(page)).length === 0, 'a page that was left still has the last sheets');
  await page.context().close();
}

// Names go at a press, with the idle time, and from sight before that; nothing of them is anywhere else.
async function goes() {
  const where = 'forgetting';
  const page = await open(where);
  await page.clock.install({ time: new Date('2026-11-24T15:30:00') });
  await page.reload();
  await withOne(page);
  const kept = await page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state, (await indexedDB.databases()).length, await caches.keys()]));
  check(where, !/Zo|Walk|shoulder/.test(kept), `the browser keeps ${kept}`);
  await page.click('#again-open');
  await page.click('#again-list button:nth-of-type(1)');
  await said(page, 'Zoë');
  await page.clock.fastForward(6 * 60 * 1000);
  check(where, !(await page.textContent('#status')).includes('Zoë'), 'a name stays in what was said last');
  await page.click('#again-open');
  await page.clock.fastForward(6 * 60 * 1000);
  check(where, !(await page.isVisible('#again')) && (await lines(page)).length === 1, 'a name stays on a screen that nobody is at, or is gone too early');
  await page.clock.fastForward(56 * 60 * 1000);
  check(where, (await lines(page)).length === 0 && (await page.isDisabled('#again-open')), 'the sheets outlast the idle time');
  await withOne(page);
  await page.click('#again-open');
  await page.click('#again-clear');
  await said(page, 'The last sheets are gone.');
  check(where, await page.evaluate(() => document.activeElement.matches('.preset')), 'the focus is lost with the list');
  const left = await page.evaluate(() => document.documentElement.outerHTML.includes('Zoë'));
  check(where, !left && !(await page.isVisible('#undo')) && !(await page.isVisible('#reprint')), 'something of the patient is left');
  await withOne(page);
  await page.click('#again-open');
  await page.uncheck('#again-keep');
  check(where, (await lines(page)).length === 0, 'who wants nothing remembered still has it');
  await page.click('label:has(#region-calf)');
  await drawn(page);
  await print(page);
  check(where, (await lines(page)).length === 0, 'a sheet is remembered that should not be');
  await page.reload();
  check(where, await page.isDisabled('#again-open'), 'Reload brings sheets back');
  await page.context().close();
}

// The list goes along to another treatment's page, and a sheet from there comes back to its own.
async function treatments() {
  const where = 'another treatment';
  const page = await open(where);
  const first = await withOne(page);
  await Promise.all([page.waitForNavigation(), page.click('[name="to_treatment"][value="cupping"]')]);
  check(where, page.url() === url, `the address becomes ${page.url()}`);
  check(where, !(await page.content()).includes('Zoë Miller'), 'the page’s text holds the patient');
  await page.click('#again-open');
  const second = await posted(page, () => page.click('#again-list button:nth-of-type(1)'));
  await said(page, 'Open for printing once more');
  check(where, first === second, 'a sheet of another treatment is not printed as it was');
  await Promise.all([page.waitForNavigation(), page.click('#again-list button:nth-of-type(2)')]);
  await drawn(page);
  const back = await Promise.all(['treatment', 'patient', 'regions', 'side-shoulder', 'precautions'].map((name) => value(page, name)));
  check(where, back.join('|') === 'dry-needling|Zoë Miller|shoulder|left|blood-thinners', `brings “${back.join('|')}” back`);
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.click('.nav a[href="/roster"]')]);
  await tab.waitForURL(`${url}roster`);
  check(where, page.url() === url, 'the table of many sheets takes the last sheets away');
  await page.context().close();
}

async function screens() {
  for (const [name, options] of [
    ['again on a tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true }],
    ['again at 200', { viewport: { width: 683, height: 384 } }],
    ['again on a phone', { viewport: { width: 360, height: 740 } }],
    ['again in the dark', { colorScheme: 'dark' }],
  ]) {
    const page = await open(name, options);
    await withOne(page);
    await page.click('#again-open');
    await look(page, name);
    await page.context().close();
  }
}

await run({ jam, bring, copy, between, away, refused, told, goes, treatments, screens });
