// What the site's page says for sessions in many zones, in Chromium. Usage: node zones.mjs CASES
// CASES: a file of [{folder, hash, now}]. Prints a line of JSON a case: the session, the rows and when to call.
// The browser's own table of time zones is taken away: no time of the page may come from it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2' };
let folder = '';
const server = createServer((request, response) => {
  const name = request.url.slice(1).split('?')[0];
  response.writeHead(200, { 'content-type': TYPES[name.split('.').pop()] ?? 'text/plain' }).end(readFileSync(join(folder, name)));
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const root = `http://127.0.0.1:${server.address().port}/en.html`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ timezoneId: 'Pacific/Kiritimati' });
await context.addInitScript(() => {
  const refuse = () => { throw new Error('the page asks the browser for its own clock'); };
  Intl.DateTimeFormat = refuse;
  const now = Number(new URLSearchParams(location.search).get('now'));
  Date.now = () => now;
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'getHours', 'getDay', 'getTimezoneOffset']) Date.prototype[name] = refuse;
});
const page = await context.newPage();
page.on('pageerror', (error) => { console.error(`script: ${error.message}`); process.exitCode = 1; });
for (const one of cases) {
  folder = one.folder;
  await page.goto(`${root}?now=${Date.parse(one.now)}${one.hash}`);
  const said = await page.evaluate(() => ({
    shown: !document.getElementById('yours').hidden,
    session: document.querySelector('#yours [data-part="session"]').textContent,
    rows: [...document.querySelectorAll('#yours dl > div')].map((row) => [row.children[0].textContent, row.children[1].textContent]),
    call: document.querySelector('#yours [data-part="call"]').textContent,
  }));
  console.log(JSON.stringify(said));
}
await browser.close();
server.close();
