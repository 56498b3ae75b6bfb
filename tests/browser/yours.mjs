// The site's page with a sheet's options in its address, in Chromium. Usage: node yours.mjs FOLDER ADDRESS [SHOTS]
// FOLDER: a site in two languages; ADDRESS: what a sheet's code holds, for a session of 24 November 2026, 3:30 pm.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, address, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const faults = [];
const check = (where, holds, what) => { if (!holds) faults.push(`${where}: ${what}`); };
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2' };
const seen = [];
const server = createServer((request, response) => {
  seen.push(request.url);
  const name = request.url.slice(1).split('?')[0];
  if (!readdirSync(folder).includes(name)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[name.split('.').pop()] }).end(readFileSync(join(folder, name)));
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const root = `http://127.0.0.1:${server.address().port}/`;
const fragment = address.slice(address.indexOf('#'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

async function open(where, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, timezoneId: 'America/Toronto', ...options });
  const page = await context.newPage();
  page.on('console', (message) => check(where, false, `console: ${message.text()}`));
  page.on('pageerror', (error) => check(where, false, `script: ${error.message}`));
  page.on('dialog', (dialog) => { check(where, false, 'runs what an address holds'); dialog.dismiss(); });
  page.on('request', (asked) => check(where, asked.url().startsWith(root), `asks for ${asked.url()}`));
  await page.clock.setFixedTime(new Date('2026-11-24T21:00:00Z'));
  await page.goto(root + path);
  return page;
}

const shown = (page) => page.isVisible('#yours');
const rows = (page) => page.$$eval('#yours dl > div', (rows) => rows.map((row) => row.textContent));

async function look(page, where) {
  if (shots) await page.screenshot({ path: join(shots, `yours-${where}.png`) });
  const context = await browser.newContext({ bypassCSP: true });
  const other = await context.newPage();
  await other.clock.setFixedTime(new Date('2026-11-24T21:00:00Z'));
  await other.goto(page.url());
  await other.evaluate(axe);
  const result = await other.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const violation of result.violations) check(where, false, `axe ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  await context.close();
}

// The sheet's own code: its times, in the clinic's zone wherever the reader is.
for (const timezoneId of ['America/Toronto', 'Asia/Tokyo']) {
  const page = await open(timezoneId, `en.html${fragment}`, { timezoneId });
  check(timezoneId, await shown(page), 'shows no times');
  const [easy, hard, alcohol, water, sore] = await rows(page);
  check(timezoneId, /until Thursday morning$/.test(easy), `says ${easy}`);
  check(timezoneId, /until Thursday morning, or longer if still sore/.test(hard), `says ${hard}`);
  check(timezoneId, /until Thursday,\s3:30\spm/.test(alcohol), `says ${alcohol}`);
  check(timezoneId, /Wednesday,\s3:30\spm/.test(water) && /Friday,\s3:30\spm/.test(sore), `says ${water}, ${sore}`);
  const call = await page.textContent('#yours [data-part="call"]');
  check(timezoneId, /Friday,\sNov\s27,\s3:30\spm/.test(call), `says when to call: ${call}`);
  check(timezoneId, (await page.textContent('#yours .about')) === 'Neck, shoulder · moderate · running', `is about ${await page.textContent('#yours .about')}`);
  check(timezoneId, (await page.textContent('.emergency .closing')).includes('your needles were near your lungs'), 'does not answer the question about the lungs');
  await page.evaluate(() => { location.hash = '#intensity=light&regions=calf&at=2026-11-24T15:30'; });
  await page.waitForFunction(() => document.querySelector('#yours .about').textContent.startsWith('Calf'));
  check(timezoneId, /Wednesday,\s3:30\spm/.test((await rows(page))[0]), 'a light session rests no shorter');
  check(timezoneId, (await page.locator('.applies').count()) === 0, 'a calf is near the lungs');
  await page.evaluate(() => { location.hash = ''; });
  await page.waitForFunction(() => document.getElementById('yours').hidden);
  await page.context().close();
}

for (const [name, options] of [['light', {}], ['dark', { colorScheme: 'dark' }], ['phone', { viewport: { width: 360, height: 780 } }]]) {
  const page = await open(name, `en.html${fragment}`, options);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(name, wide <= 0, `scrolls sideways by ${wide} px`);
  await look(page, name);
  await page.context().close();
}

// Elapsed time: the clocks go back on 1 November 2026, so that the wall time moves.
const change = await open('clock change', 'en.html');
await change.clock.setFixedTime(new Date('2026-10-31T20:00:00Z'));
await change.goto(`${root}en.html?again#intensity=intense&at=2026-10-31T15:30`.replace('?again', ''));
await change.reload();
check('clock change', /Monday,\s2:30\spm/.test((await rows(change))[0]), `says ${(await rows(change))[0]}`);
check('clock change', (await change.textContent('#yours')).includes('3:30'), 'moves the session too');
await change.context().close();

const french = await open('French', `fr.html${fragment}`);
check('French', (await rows(french))[0].includes('jeudi matin'), `says ${(await rows(french))[0]}`);
await french.context().close();

// What is unknown, wrong or hostile shows nothing, runs nothing, and asks for nothing.
const HOSTILE = [
  '', '#', '#at', '#at=', '#at=soon', '#at=2026-13-45T99:99', '#at=2026-02-30T10:00', '#at=1999-01-01T10:00', '#at=2026-11-24T15:30%2B99:99',
  '#at=%E0%A4%A', `#${'a=b&'.repeat(500)}at=2026-11-24T15:30`, '#__proto__=1&constructor=2', '#answers',
];
for (const hash of HOSTILE) {
  const page = await open(`hostile ${hash.slice(0, 40)}`, `en.html${hash}`);
  check(hash, !(await shown(page)), 'shows times');
  await page.context().close();
}
for (const regions of ['<img src=x onerror=alert(1)>', '__proto__;constructor;toString', 'neck%3Cscript%3Ealert(1)%3C/script%3E', 'nowhere;;calf']) {
  const where = `hostile ${regions}`;
  const page = await open(where, `en.html#regions=${regions}&intensity=__proto__&activity=<b>x</b>&rest=1e9&patient=Zoe&at=2026-11-24T15:30`);
  const text = await page.textContent('#yours');
  check(where, (await shown(page)) && !/[<>]|proto|constructor|Zoe|NaN|undefined/.test(text), `says ${text}`);
  check(where, (await page.locator('#yours img, #yours script, #yours b').count()) === 0, 'makes elements of an address');
  check(where, /Thursday,\s3:30\spm/.test((await rows(page))[0]), 'does not fall back to the general time');
  await page.context().close();
}

const plain = await open('without scripts', `en.html${fragment}`, { javaScriptEnabled: false });
check('without scripts', !(await shown(plain)) && (await plain.textContent('h1')) !== '', 'is not the plain page');
await plain.context().close();

// A file of the site has the mark of its content behind its name; nothing else is ever said to a server.
const told = seen.map((url) => url.replace(/\?[0-9a-f]{8}$/, '')).find((url) => /[#?]|regions|intensity|15:30/.test(url));
check('server', !told, `was told ${told}`);
await browser.close();
server.close();
for (const line of faults) console.error(line);
console.log(`${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
