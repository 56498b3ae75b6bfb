// Stretches and movements by picture: filtered by area, searched, in the therapist's own order, and not too many. Usage:
// node exercises.mjs http://127.0.0.1:8017/ [FOLDER]
import { check, look, open as opened, run, value } from './page.mjs';

const open = (where, options = {}) => opened(where, { complains: true, ...options });
const drawn = (page) => page.waitForSelector('#preview svg.paper');
const seen = (page) => page.$$eval('#field-stretches .figure:not([hidden])', (all) => all.map((one) => one.textContent.trim()));
const tile = (name) => `#field-stretches label.figure:has(input[value="${name}"])`;

async function begun(where, options) {
  const page = await open(where, options);
  await page.click('.preset[value="neck-moderate"]');
  await drawn(page);
  await page.click('#field-choose summary');
  await page.waitForFunction(() => document.querySelectorAll('#field-stretches .figure :checked').length > 0);
  return page;
}

async function found() {
  const where = 'find a stretch';
  const page = await begun(where);
  const near = await seen(page);
  check(where, near.includes('Side neck stretch') && !near.includes('Calf stretch'), `for the neck there are ${near}`);
  await look(page, where);
  await page.focus('#field-stretches .seek');
  await page.keyboard.type('cálf');
  const calves = await seen(page);
  check(where, calves.includes('Calf stretch') && calves.includes('Side neck stretch') && !calves.includes('Knee hug'), `the search finds ${calves}`);
  await page.keyboard.press('Escape');
  check(where, (await value(page, 'regions')) === 'neck' && (await page.inputValue('#field-stretches .seek')) === '', 'Esc in the search clears the form');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  check(where, (await seen(page)).length > 15, 'not all can be seen');
  await page.fill('#field-stretches .seek', 'xyz');
  await look(page, `${where}, none`);
  await page.focus('#print');
  await page.keyboard.press('Escape');
  check(where, (await page.inputValue('#field-stretches .seek')) === '' && !(await page.isChecked('#field-stretches .every')), 'the next patient gets the search of the former one');
  await page.context().close();
}

// As they were ticked, until one is moved; so they print, and so they come back.
async function ordered() {
  const where = 'own order';
  const page = await begun(where);
  await page.check('#field-stretches .every');
  for (const one of await page.$$('#field-stretches label.figure:has(:checked)')) await one.click();
  for (const name of ['calf-wall-stretch', 'side-neck-stretch', 'arm-across-stretch']) await page.click(tile(name));
  check(where, (await value(page, 'stretches')) === 'calf-wall-stretch,side-neck-stretch,arm-across-stretch', `the order is ${await value(page, 'stretches')}`);
  await page.focus('#field-stretches .order li:nth-child(3) button');
  const asked = page.waitForResponse((one) => one.url().endsWith('/preview'));
  await page.keyboard.press('Enter');
  await asked;
  await page.waitForTimeout(200);
  check(where, await page.evaluate(() => document.activeElement.matches('.order button')), 'the sheet that comes takes the focus away');
  await page.keyboard.press('Enter');
  const wanted = 'arm-across-stretch,calf-wall-stretch,side-neck-stretch';
  check(where, (await value(page, 'stretches')) === wanted, `moved it is ${await value(page, 'stretches')}`);
  await page.waitForFunction(() => {
    const text = document.getElementById('preview').textContent.replace(/\s+/g, ' ');
    return text.indexOf('Arm across') > 0 && text.indexOf('Arm across') < text.indexOf('Side neck');
  });
  await look(page, where);
  await page.click('#print');
  await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('Ready for the next patient'));
  await page.click('#undo');
  check(where, (await value(page, 'stretches')) === wanted, `it comes back as ${await value(page, 'stretches')}`);
  await page.context().close();
}

// Two fields beside what is chosen. Whoever changes one has chosen; what is not allowed is told, and nothing of it waits for
// the next patient.
async function doses() {
  const where = 'doses';
  const page = await begun(where);
  const said = (text) => page.waitForFunction((text) => document.getElementById('preview').textContent.replace(/\s+/g, ' ').includes(text), text);
  const [times, hold] = ['times', 'hold'].map((part) => `[name="${part}-side-neck-stretch"]`);
  check(where, !(await page.isVisible('[name="times-calf-wall-stretch"]')), 'a stretch that nobody chose has a dose');
  check(where, (await page.getAttribute(times, 'placeholder')) === '3' && (await page.inputValue(times)) === '', 'the usual dose is not said');
  await page.fill(hold, '30');
  await said('3 holds of 30 seconds a side.');
  check(where, (await value(page, 'choose')) === 'own', 'a dose is no choice');
  await page.fill(times, '2');
  await said('2 holds of 30 seconds a side.');
  await look(page, where);
  await page.fill(times, '9');
  await page.waitForFunction(() => document.getElementById('faults-stretches').textContent.includes('Side neck stretch'));
  await look(page, `${where}, too many`);
  await page.fill(times, '');
  await said('3 holds of 30 seconds a side.');
  await page.click(tile('side-neck-stretch'));
  await page.click(tile('side-neck-stretch'));
  check(where, (await page.inputValue(hold)) === '', 'a stretch that was taken away keeps its dose');
  await page.fill(hold, '10');
  await said('3 holds of 10 seconds a side.');
  await page.click('.preset[value="neck-moderate"]');
  await said('3 holds of 20 seconds a side.');
  check(where, (await page.inputValue(hold)) === '', 'a preset keeps the dose of the sheet before');
  await page.context().close();
}

async function many() {
  const where = 'many exercises';
  const page = await begun(where);
  await page.check('#field-stretches .every');
  const tiles = await page.$$('#field-stretches label.figure:not(:has(:checked))');
  await tiles[0].click();
  await page.waitForFunction(() => document.getElementById('faults-choose').textContent.includes('That is 5 in all.'));
  await look(page, where);
  for (const one of tiles.slice(1, 6)) await one.click();
  check(where, (await page.locator('#field-stretches .figure :checked').count()) === 6, 'a seventh is ticked');
  await drawn(page);
  await page.context().close();
}

async function screens() {
  for (const [name, options] of [
    ['exercises on a tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true }],
    ['exercises at 200', { viewport: { width: 683, height: 384 } }],
    ['exercises on a phone', { viewport: { width: 360, height: 740 } }],
    ['exercises in the dark', { colorScheme: 'dark' }],
  ]) {
    const page = await begun(name, options);
    await page.evaluate(() => document.getElementById('field-choose').scrollIntoView({ behavior: 'instant' }));
    await look(page, name);
    await page.context().close();
  }
}

await run({ found, ordered, doses, many, screens });
