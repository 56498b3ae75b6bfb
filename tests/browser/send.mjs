// The sheet's own address on the clinic's site, and its web page as a file. Usage: node send.mjs http://127.0.0.1:8017/
// [FOLDER]. The clinic has a site.
import { readFileSync } from 'node:fs';
import { check, look, open as opened, run } from './page.mjs';

const open = (where, options = {}) => opened(where, { complains: true, ...options });
const OWN = 'https://sheets.example/en.html#regions=calf&intensity=moderate&treatment=dry-needling&at=2026-11-24T15:30';

async function address() {
  const where = 'address of the sheet';
  const page = await open(where);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  check(where, !(await page.isVisible('#send')), 'there is an address before there is a sheet');
  await page.fill('#field-patient', 'Zoë');
  await page.fill('#field-note', 'Walk');
  await page.click('label:has(#region-calf)');
  await page.waitForSelector('#send:not([hidden])');
  // By keyboard alone.
  await page.focus('#send summary');
  await page.keyboard.press('Enter');
  check(where, (await page.textContent('#link .address')) === OWN && (await page.getAttribute('#link .address', 'href')) === OWN, `the address is ${await page.textContent('#link .address')}`);
  const modules = await page.$eval('#link .code', (one) => [one.viewBox.baseVal.width, one.getBoundingClientRect().width]);
  check(where, modules[0] > 29 && modules[1] / modules[0] > 3, `the code has ${modules} units`);
  await look(page, where);
  await page.focus('#copy-link');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('status').textContent === 'The address is copied.');
  check(where, (await page.evaluate(() => navigator.clipboard.readText())) === OWN, 'the clipboard has another address');
  await page.keyboard.press('Escape');
  check(where, !(await page.isVisible('#link')) && (await page.inputValue('#field-patient')) === 'Zoë', 'Esc clears the form in place of closing what lies over it');
  // A site that does not know of a precaution must not advise against it.
  await page.click('label:has([name="precautions"][value="fluid-limit"])');
  await page.click('#send summary');
  await page.waitForFunction(() => document.querySelector('#link .address').href.endsWith('/en.html'));
  check(where, (await page.textContent('#link')).includes('for everybody'), 'nobody says that the times are not this patient’s');
  await page.context().close();
}

// One file with everything in it, which is not mistaken for another patient's and names nobody.
async function file() {
  const where = 'web page as a file';
  const page = await open(where);
  await page.fill('#field-patient', 'Zoë');
  await page.click('label:has(#region-shoulder)');
  await page.selectOption('[name="side-shoulder"]', 'left');
  await page.click('label:has([name="edition"][value="large-print"])');
  await page.waitForSelector('#preview svg.paper');
  const [kept] = await Promise.all([page.waitForEvent('download'), page.click('.save[formaction]')]);
  const name = kept.suggestedFilename();
  check(where, name === 'aftercare-2026-11-24-1530-left-shoulder-large-print.html', `is called ${name}`);
  const html = readFileSync(await kept.path(), 'utf8');
  check(where, html.includes('Zoë') && !/<script|src="http|url\(http|<link[^>]+stylesheet/i.test(html), 'needs something else');
  await page.context().close();
}

async function screens() {
  for (const [name, options] of [
    ['send on a tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true }],
    ['send at 200', { viewport: { width: 683, height: 384 } }],
    ['send on a phone', { viewport: { width: 360, height: 740 } }],
    ['send in the dark', { colorScheme: 'dark' }],
  ]) {
    const page = await open(name, options);
    await page.click('.preset[value="runners-calf"]');
    await page.waitForSelector('#send:not([hidden])');
    await page.click('#send summary');
    await look(page, name);
    await page.context().close();
  }
}

async function withoutScripts() {
  const where = 'address without scripts';
  const page = await open(where, { javaScriptEnabled: false });
  await page.click('label:has(#region-calf)');
  await page.click('.look');
  await page.waitForLoadState();
  check(where, (await page.textContent('#link .address')) === OWN, 'no address without scripts');
  await page.context().close();
}

await run({ address, file, screens, withoutScripts });
