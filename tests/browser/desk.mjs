// The clinician's page of a clinic with print queues and two languages, in Chromium: queues, the page's language, and
// rosters from mending to the printed sheets. Usage: node desk.mjs http://127.0.0.1:8017/ [FOLDER]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [url, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);
const check = (where, holds, what) => { if (!holds) fault(where, what); };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

async function open(where, path = '', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, bypassCSP: true, acceptDownloads: true, ...options });
  await context.addInitScript(() => { window.print = () => { window.top.printed = document.contentType; }; });
  const page = await context.newPage();
  page.on('pageerror', (error) => fault(where, `script: ${error.message}`));
  page.on('request', (asked) => { if (!asked.url().startsWith(url) && !/^(blob|chrome|chrome-extension):/.test(asked.url())) fault(where, `asks for ${asked.url()}`); });
  await page.goto(url + path);
  return page;
}

async function look(page, where) {
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), RULES);
  for (const violation of result.violations) {
    for (const node of violation.nodes) fault(where, `axe ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(where, wide <= 0, `scrolls sideways by ${wide} px`);
  if (folder) await page.screenshot({ path: join(folder, `desk-${where.replaceAll(/[^a-z0-9]+/g, '-')}.png`) });
}

const value = (page, name) => page.evaluate((name) => new FormData(document.getElementById('form')).getAll(name).join(), name);

async function queues() {
  const where = 'queues';
  const page = await open(where);
  await page.click('.preset[value="neck-moderate"]');
  await page.fill('#field-patient', 'Ann');
  await look(page, where);
  await page.click('.queue[value="Front desk"]');
  await page.waitForFunction(() => document.getElementById('status').textContent.includes('Front desk has the sheet'));
  check(where, (await value(page, 'patient')) === '' && (await value(page, 'regions')) === '', 'a queue leaves the patient in the form');
  await page.click('#last');
  check(where, (await value(page, 'regions')) === 'neck', '“same as last” forgets a sheet that a queue took');
  await page.fill('#field-patient', 'Bob');
  await page.click('.queue[value="Broken"]');
  await page.waitForFunction(() => document.getElementById('status').textContent.includes('Out of paper.'));
  check(where, (await value(page, 'patient')) === 'Bob', 'a queue that refuses loses the form');
  await look(page, `${where}, refused`);
  await page.click('#clear');
  await page.click('.queue[value="Front desk"]');
  check(where, (await page.textContent('#status')).includes('Choose a treated area'), 'an empty form goes to a queue');
  await page.context().close();
}

// The bar has more buttons here: they must fit on every screen.
async function screens() {
  for (const [name, options] of [
    ['tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true }],
    ['zoomed to 200', { viewport: { width: 683, height: 384 } }],
    ['phone', { viewport: { width: 360, height: 740 } }],
    ['dark', { colorScheme: 'dark' }],
  ]) {
    const page = await open(name, '', options);
    await page.click('.preset[value="neck-moderate"]');
    await page.waitForSelector('#preview svg.paper');
    await look(page, name);
    const outside = await page.$$eval('.bar button, .bar a, .top a, .top button', (all) => all.filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    }).map((one) => one.textContent));
    check(name, outside.length === 0, `outside the screen: ${outside.join(', ')}`);
    const covered = await page.evaluate(() => document.querySelector('.bar').getBoundingClientRect().height / innerHeight);
    check(name, covered < 0.45, `the bar takes ${Math.round(covered * 100)} % of the screen`);
    await page.context().close();
  }
}

async function language() {
  const where = 'language';
  const page = await open(where);
  await page.click('.preset[value="neck-moderate"]');
  await page.fill('#field-patient', 'Ann');
  await Promise.all([page.waitForNavigation(), page.click('.tongue [lang="fr"]')]);
  check(where, (await page.getAttribute('html', 'lang')) === 'fr', 'the page does not change its language');
  check(where, (await page.textContent('#print')).includes('Imprimer'), 'the words are not of the file');
  check(where, (await value(page, 'patient')) === 'Ann' && (await value(page, 'regions')) === 'neck', 'the choice loses the form');
  check(where, (await value(page, 'language')) === 'en', 'the sheet changes its language too');
  await look(page, where);
  await page.click('label:has([name="language"][value="fr"])');
  await page.waitForFunction(() => document.getElementById('preview').textContent.includes('mardi'));
  await page.goto(`${url}roster`);
  check(where, (await page.getAttribute('html', 'lang')) === 'fr', 'the other pages do not follow');
  await Promise.all([page.waitForNavigation(), page.click('.tongue [lang="en"]')]);
  check(where, (await page.getAttribute('html', 'lang')) === 'en' && page.url().endsWith('/roster'), 'the roster page does not change its language');
  await page.context().close();
}

async function upload(page, rows) {
  const roster = ['id,patient,regions', ...Array.from({ length: rows }, (_, row) => `r${row},Ann,neck`)].join('\n');
  await Promise.all([
    page.waitForNavigation(),
    page.setInputFiles('#file', { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) }),
  ]);
}

async function rosters() {
  const where = 'roster';
  const page = await open(where, 'roster');
  await upload(page, 300);
  await look(page, where);
  await page.evaluate(() => {
    window.told = [];
    const progress = document.getElementById('progress');
    new MutationObserver(() => window.told.push(progress.textContent)).observe(progress, { childList: true });
  });
  const [kept] = await Promise.all([page.waitForEvent('download'), page.click('[formaction="/roster.zip"]')]);
  check(where, kept.suggestedFilename() === 'aftercare.zip', `the archive is called ${kept.suggestedFilename()}`);
  check(where, readFileSync(await kept.path()).subarray(0, 2).toString() === 'PK', 'the archive is none');
  const told = await page.evaluate(() => window.told);
  check(where, told.some((line) => /^\d+ of 300 rows made\.$/.test(line)), `tells no progress: ${told.join(' | ')}`);
  check(where, (await page.locator('#table').count()) === 0, 'the table stays after it was made');
  check(where, (await page.textContent('#said')).includes('with your downloads'), 'nobody says where the archive is');
  await look(page, `${where}, saved`);
  await upload(page, 3);
  await page.click('.actions .primary');
  await page.waitForFunction(() => window.printed === 'application/pdf');
  check(where, (await page.locator('#table').count()) === 0 && !(await page.content()).includes('Ann'), 'patients stay after a roster print');
  await upload(page, 3);
  await page.click('.queue[value="Broken"]');
  await page.waitForFunction(() => document.getElementById('said').textContent.includes('Out of paper.'));
  check(where, (await page.locator('#table').count()) === 1, 'a queue that refuses loses the table');
  await page.click('.queue[value="Front desk"]');
  await page.waitForFunction(() => document.getElementById('said').textContent.includes('Front desk has the sheet'));
  check(where, (await page.locator('#table').count()) === 0, 'the table stays after a queue took it');
  await page.clock.install();
  await page.reload();
  await upload(page, 2);
  await page.clock.fastForward(4 * 60 * 1000);
  check(where, (await page.locator('#table').count()) === 1, 'the table goes too early');
  await Promise.all([page.waitForNavigation(), page.clock.fastForward(70 * 1000)]);
  check(where, (await page.locator('#table').count()) === 0, 'the table stays after five idle minutes');
  await page.context().close();
}

async function plainRoster() {
  const where = 'roster without scripts';
  const page = await open(where, 'roster', { javaScriptEnabled: false });
  await page.setInputFiles('#file', { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from('id,regions\na,neck\nb,calf\n') });
  await page.click('#upload .primary');
  await page.waitForLoadState();
  const [kept] = await Promise.all([page.waitForEvent('download'), page.click('[formaction="/roster.zip"]')]);
  check(where, kept.suggestedFilename() === 'aftercare.zip', 'no archive comes');
  await page.click('.queue[value="Front desk"]');
  await page.waitForLoadState();
  check(where, (await page.textContent('#said')).includes('Front desk has the sheet'), 'a queue says nothing');
  await page.context().close();
}

const paths = { queues, screens, language, rosters, plainRoster };
for (const [name, path] of Object.entries(paths)) {
  if (process.env.ONLY && process.env.ONLY !== name) continue;
  try { await path(); } catch (error) { fault(name, error.message.split('\n').slice(0, 3).join(' ')); }
}
await browser.close();
for (const line of faults) console.error(line);
console.log(`${Object.keys(paths).length} paths, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
