// Several sheets for one patient in one print. Usage: node beside.mjs http://127.0.0.1:8017/ [FOLDER]
import { check, look, open as opened, run, url, value } from './page.mjs';

const open = (where, options = {}) => opened(where, { complains: true, ...options });
const pages = (page, count) => page.waitForFunction((count) => document.querySelectorAll('#preview svg.paper').length === count, count);
const says = (page, text) => page.waitForFunction((text) => document.getElementById('preview').textContent.includes(text), text);
const titles = (page) => page.$$eval('#beside li span', (all) => all.map((one) => one.textContent));
const goes = (page, act) => Promise.all([page.waitForNavigation(), act()]);

async function posted(page, act) {
  const [asked] = await Promise.all([page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/sheet.pdf')), act()]);
  return asked.postData();
}

async function isPdf(page, data) {
  const headers = { origin: new URL(url).origin, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await page.request.post(`${url}sheet.pdf`, { headers, data });
  return answer.ok() && (await answer.body()).subarray(0, 8).toString() === '%PDF-1.7';
}

// Two treatments, by keyboard alone: what was said of the patient holds for both, and a large-print copy comes too.
async function several() {
  const where = 'several sheets';
  const page = await open(where);
  await page.focus('.add');
  await goes(page, () => page.keyboard.press('Enter'));
  check(where, (await page.textContent('#status')).startsWith('Finish this sheet first'), 'an empty form is set aside');
  await page.keyboard.press('1');
  await page.fill('#field-patient', 'Ann');
  await pages(page, 2);
  // The page that comes asks for its live sheet at once: who waits only when it has come may wait for nothing.
  const shown = page.waitForResponse((one) => one.url().endsWith('/preview') && new URLSearchParams(one.request().postData()).get('beside'));
  await page.focus('.add');
  await goes(page, () => page.keyboard.press('Enter'));
  check(where, page.url() === url, `the address becomes ${page.url()}`);
  // Straight after that there is one sheet, and one prints.
  await shown;
  await pages(page, 2);
  check(where, (await titles(page)).length === 0 && !(await page.textContent('#summary')).includes('sheets'), 'the same sheet is there twice');
  check(where, (await page.textContent('#status')).startsWith('Set aside, and prints too'), 'nobody says that it is set aside');
  await goes(page, () => page.click('[name="to_treatment"][value="cupping"]'));
  check(where, (await titles(page)).join() === 'Dry needling · Neck · Standard', `set aside is “${await titles(page)}”`);
  await page.click('label:has(#region-calf)');
  await page.fill('#field-patient', 'Anna');
  await page.click('label:has([name="precautions"][value="blood-thinners"])');
  await pages(page, 4);
  await says(page, 'Your next few days, Anna');
  check(where, !(await page.textContent('#preview')).includes('days, Ann '), 'the other sheet has the name of before');
  check(where, (await page.textContent('#summary')).startsWith('2 sheets · 4 pages'), `the summary says “${await page.textContent('#summary')}”`);
  await look(page, where);
  const sent = await posted(page, () => page.click('#print'));
  check(where, (await isPdf(page, sent)), 'prints no PDF');
  await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('Ready for the next patient'));
  check(where, (await value(page, 'beside')).replaceAll(',', '') === '', 'the next patient gets the former one’s sheets');
  await page.waitForFunction(() => document.querySelectorAll('#beside li').length === 0);
  // Once more, the same to the letter; and all of it back into the form.
  const again = await posted(page, () => page.click('#reprint'));
  check(where, sent === again, `once more is ${again} in place of ${sent}`);
  await page.click('#undo');
  await pages(page, 4);
  check(where, (await titles(page)).length === 1, 'the other sheet does not come back');
  await page.context().close();
}

// What is set aside can be changed, copied into large print, and taken away.
async function changes() {
  const where = 'change a sheet';
  const page = await open(where);
  await page.keyboard.press('1');
  await pages(page, 2);
  await goes(page, () => page.click('.add'));
  await page.click('label:has([name="edition"][value="large-print"])');
  await page.waitForFunction(() => document.getElementById('summary').textContent.startsWith('2 sheets'));
  await page.click('label:has(#region-chest)');
  await page.waitForFunction(() => document.getElementById('beside').textContent.includes('Chest'));
  check(where, (await titles(page)).join() === 'Dry needling · Neck, Chest · Standard', `a copy is “${await titles(page)}”`);
  await goes(page, () => page.click('#beside [name="change_sheet"]'));
  check(where, (await value(page, 'edition')) === 'standard' && (await titles(page)).join().endsWith('Large print'), 'the two do not change places');
  // The tab of a treatment whose sheet is set aside leads to that sheet.
  await goes(page, () => page.click('[name="to_treatment"][value="cupping"]'));
  await goes(page, () => page.click('[name="to_treatment"][value="dry-needling"]'));
  check(where, (await value(page, 'edition')) === 'large-print' && (await value(page, 'regions')) === 'neck,chest', 'a sheet that was set aside is begun anew');
  await pages(page, 6);
  await goes(page, () => page.click('#beside [name="take_sheet"]'));
  check(where, (await titles(page)).length === 0 && (await value(page, 'regions')) === 'neck,chest', 'taking a sheet away takes more');
  await goes(page, () => page.click('#return-sheet'));
  check(where, (await titles(page)).join().endsWith('Standard') && (await page.textContent('#status')) === 'Everything is back.', 'what was taken away does not come back');
  await goes(page, () => page.click('#beside [name="take_sheet"]'));
  await page.keyboard.press('Escape');
  check(where, !(await page.isVisible('#return-sheet')), 'the next patient can get a sheet of the former one');
  await page.context().close();
}

// What was chosen after a sheet was set aside stays on it when the form goes on; a sheet alone is counted as one.
async function since() {
  const where = 'chosen since';
  const page = await open(where);
  await page.keyboard.press('1');
  await pages(page, 2);
  await goes(page, () => page.click('.add'));
  await page.click('label:has(#region-chest)');
  await page.waitForFunction(() => document.getElementById('preview').textContent.includes('chest'));
  await goes(page, () => page.click('[name="to_treatment"][value="cupping"]'));
  check(where, (await titles(page)).join() === 'Dry needling · Neck, Chest · Standard', `set aside is “${await titles(page)}”`);
  await goes(page, () => page.click('[name="to_treatment"][value="dry-needling"]'));
  check(where, (await value(page, 'regions')) === 'neck,chest', `it comes back with ${await value(page, 'regions')}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await pages(page, 2);
  await goes(page, () => page.click('.add'));
  await posted(page, () => page.click('#print'));
  await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('Ready for the next patient'));
  const line = await page.textContent('#again-list li span');
  check(where, line.endsWith('Neck · no name'), `one sheet is called ${line}`);
  await page.context().close();
}

async function withoutScripts() {
  const where = 'several without scripts';
  const page = await open(where, { javaScriptEnabled: false });
  await page.click('.preset[value="neck-moderate"]');
  await page.waitForLoadState();
  await page.click('.add');
  await page.waitForLoadState();
  await page.click('label:has([name="edition"][value="large-print"])');
  await page.click('.look');
  await page.waitForLoadState();
  check(where, (await titles(page)).length === 1 && (await page.locator('#preview svg.paper').count()) > 3, 'the sheets are not shown together');
  const [asked] = await Promise.all([page.context().waitForEvent('request', { predicate: (one) => one.url().endsWith('/sheet.pdf') }), page.click('#print')]);
  check(where, (await isPdf(page, asked.postData())), 'the sheets are not printed together');
  await page.context().close();
}

async function screens() {
  for (const [name, options] of [
    ['several on a tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true }],
    ['several at 200', { viewport: { width: 683, height: 384 } }],
    ['several on a phone', { viewport: { width: 360, height: 740 } }],
    ['several in the dark', { colorScheme: 'dark' }],
  ]) {
    const page = await open(name, options);
    await page.click('.preset[value="neck-moderate"]');
    await pages(page, 2);
    await goes(page, () => page.click('.add'));
    await page.click('label:has([name="edition"][value="ink-saver"])');
    await pages(page, 4);
    await look(page, name);
    await page.context().close();
  }
}

await run({ several, changes, since, withoutScripts, screens });
