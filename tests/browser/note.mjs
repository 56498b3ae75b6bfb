// The note for the chart and the questions to ask, beside the button that prints; the side of an area. Usage: node note.mjs
// http://127.0.0.1:8017/ [FOLDER]
import { check, look, open as opened, run } from './page.mjs';

const open = (where, options = {}) => opened(where, { complains: true, ...options });
const drawn = (page) => page.waitForFunction(() => document.querySelectorAll('#preview svg.paper').length > 0);
const said = (page, text) => page.waitForFunction((text) => document.getElementById('status').textContent === text, text);
const COPIED = 'The note for the chart is copied. Paste it into the record.';

async function copies() {
  const where = 'note for the chart';
  const page = await open(where);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  check(where, !(await page.isVisible('#ask')), 'there are questions before there is a sheet');
  await page.fill('#field-patient', 'Zoë');
  await page.click('label:has(#region-shoulder)');
  await page.selectOption('[name="side-shoulder"]', 'left');
  await drawn(page);
  await page.waitForFunction(() => document.querySelector('#preview').textContent.includes('Left shoulder'));
  await page.click('#ask summary');
  check(where, (await page.locator('#questions li').count()) === 3, 'there are not three questions');
  check(where, (await page.textContent('#questions')).includes('What will you take easy'), 'the questions are not the treatment’s');
  await look(page, where);
  // By keyboard alone.
  await page.focus('#copy-note');
  await page.keyboard.press('Enter');
  await said(page, COPIED);
  check(where, (await page.getAttribute('#status', 'role')) === 'status', 'what happened is not announced');
  const note = await page.evaluate(() => navigator.clipboard.readText());
  check(where, note.startsWith('AFTERCARE GIVEN: Dry needling') && note.includes('Area: left shoulder'), `the clipboard has “${note}”`);
  check(where, !note.includes('Zoë'), 'the note names the patient');
  check(where, note.includes('What will you take easy'), 'the note lacks the questions');
  check(where, (await page.inputValue('#field-patient')) === 'Zoë', 'copying empties the form');
  // A faulty form gives no note, and says why.
  await page.fill('#field-rest_hours', '900');
  await page.click('#copy-note');
  await page.waitForFunction((text) => document.getElementById('status').textContent !== text, COPIED);
  check(where, (await page.evaluate(() => document.activeElement.id)) === 'field-rest_hours', 'the fault is not shown');
  await page.context().close();
}

// A browser gives no clipboard to a page that comes over plain HTTP from another machine.
async function byHand() {
  const where = 'note by hand';
  const page = await open(where, { script: () => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); } });
  await page.click('label:has(#region-calf)');
  await drawn(page);
  await page.click('#copy-note');
  await page.waitForSelector('#note-by-hand[open]');
  const marked = await page.evaluate(() => {
    const text = document.getElementById('note-text');
    return text.value.slice(text.selectionStart, text.selectionEnd);
  });
  check(where, marked.startsWith('AFTERCARE GIVEN'), `marked is “${marked}”`);
  await look(page, where);
  await page.keyboard.press('Escape');
  check(where, (await page.inputValue('#note-text')) === '', 'the note stays in the page');
  await page.context().close();
}

async function sides() {
  const where = 'side of an area';
  const page = await open(where);
  check(where, !(await page.isVisible('[name="side-knee"]')), 'an area that is not chosen has a side');
  await page.focus('#region-knee');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  check(where, (await page.evaluate(() => document.activeElement.name)) === 'side-knee', 'the side is not the next key');
  await page.keyboard.press('b');
  await page.waitForFunction(() => document.querySelector('#preview').textContent.includes('Both knees'));
  await look(page, where);
  check(where, (await page.locator('[name="side-neck"]').count()) === 0, 'an area without sides has one');
  await page.click('label:has(#region-knee)');
  await page.click('label:has(#region-knee)');
  check(where, (await page.inputValue('[name="side-knee"]')) === '', 'the side of before waits for the next patient');
  await page.context().close();
}

async function withoutScripts() {
  const where = 'note without scripts';
  const page = await open(where, { javaScriptEnabled: false });
  await page.click('label:has(#region-shoulder)');
  await page.selectOption('[name="side-shoulder"]', 'right');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.click('#copy-note')]);
  await tab.waitForLoadState();
  check(where, (await tab.textContent('body')).includes('Area: right shoulder'), 'no note is shown');
  await page.click('.look');
  await page.waitForLoadState();
  check(where, (await page.inputValue('[name="side-shoulder"]')) === 'right', 'the side is lost');
  check(where, (await page.locator('#questions li').count()) === 3, 'no questions without scripts');
  await page.context().close();
}

const paths = { copies, byHand, sides, withoutScripts };
await run(paths);
