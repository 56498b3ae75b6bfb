// Opens every .html file of a folder in Chromium and reports faults. Usage: node check.mjs FOLDER [PATH]
// With PATH (`/aftercare/`) the folder is a site: a server shows it there, and its 404.html for any other address.
// The browser: CHROMIUM, or /usr/bin/chromium.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';

const folder = resolve(process.argv[2] ?? '.');
const files = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);

const TYPES = { html: 'text/html', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2', xml: 'text/xml', txt: 'text/plain' };

// Where the folder's files are, with a slash at the end.
async function served(path) {
  if (!path) return `file://${folder}/`;
  const server = createServer((request, response) => {
    const name = request.url.startsWith(path) ? request.url.slice(path.length).split('?')[0] || 'index.html' : '';
    const found = readdirSync(folder).includes(name);
    const file = found ? name : '404.html';
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES[file.split('.').pop()] ?? 'application/octet-stream' });
    response.end(readFileSync(join(folder, file)));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  return `http://127.0.0.1:${server.address().port}${path}`;
}
const root = await served(process.argv[3]);

const WIDTHS = [320, 360, 768, 1366];
// A width between has the structure and the colours of its neighbours: only what fits differs.
const BETWEEN = [360, 768];
const SCHEMES = [
  { name: 'light', colorScheme: 'light' },
  { name: 'dark', colorScheme: 'dark' },
  { name: 'forced colours', colorScheme: 'light', forcedColors: 'active' },
];
// best-practice too: landmarks, heading order, one main.
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Positions of the timeline are data, and the style sheet is in the page.
    'no-inline-style': 'off',
    // role="list" keeps lists lists for VoiceOver where the style takes their bullets.
    'no-redundant-role': 'off',
    'prefer-native-element': ['error', { exclude: ['list'] }],
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // The site's own files change together with its pages.
    'require-sri': ['error', { target: 'crossorigin' }],
  },
});

async function validate(name) {
  const report = await validator.validateFile(join(folder, name));
  for (const result of report.results) {
    for (const message of result.messages) {
      fault(`${name}:${message.line}:${message.column}`, `${message.message} (${message.ruleId})`);
    }
  }
}

async function look(browser, name, width, scheme) {
  const where = `${name}, ${width} px, ${scheme.name}`;
  // A page's policy would refuse axe as any other script.
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true, ...scheme });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => fault(where, `console: ${message.text()}`));
  await page.goto(root + name);
  for (const url of asked.filter((url) => !url.startsWith('data:') && !url.startsWith(root))) {
    fault(where, `asks for ${url}`);
  }
  await fits(page, where);
  if (!BETWEEN.includes(width)) await accessible(page, where);
  if (scheme.name !== 'forced colours') await contrast(page, where);
  await context.close();
}

async function accessible(page, where) {
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => window.axe.run({ runOnly: tags, resultTypes: ["violations"] }), RULES);
  for (const violation of result.violations) {
    for (const node of violation.nodes) fault(where, `axe ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`);
  }
}

// Nothing wider than the window, nothing cut off, no words over other words.
async function fits(page, where) {
  const found = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const problems = [];
    if (document.documentElement.scrollWidth > width) problems.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);
    const words = [...document.querySelectorAll('.ticks li, .label, .until, .open-end, .alarm')];
    const boxes = words.map((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return { text: element.textContent, box: range.getBoundingClientRect(), tick: element.matches('.ticks li') && element };
    });
    // A label of the time axis that has no room takes none; any other is whole.
    for (const one of boxes.filter((one) => one.tick)) {
      const own = one.tick.getBoundingClientRect();
      one.gone = own.width < 1;
      const isOpen = getComputedStyle(one.tick).overflowX === 'visible';
      if (!one.gone && !isOpen && (one.box.left < own.left - 1 || one.box.right > own.right + 1)) problems.push(`“${one.text}” is cut`);
    }
    const ticks = boxes.filter((one) => one.tick && !one.gone).length;
    if (boxes.some((one) => one.tick) && ticks < 2) problems.push(`the time axis has ${ticks} labels`);
    const standing = boxes.filter((one) => !one.gone);
    standing.forEach((one, i) => {
      if (one.box.right > width || one.box.left < 0) problems.push(`“${one.text}” leaves the window`);
      standing.slice(i + 1).forEach((other) => {
        const [a, b] = [one.box, other.box];
        const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const stacked = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (overlap > 0.5 && stacked > 3) problems.push(`“${one.text}” lies over “${other.text}”`);
      });
    });
    for (const bar of document.querySelectorAll('.roomy')) {
      const words = bar.querySelector('.until').getBoundingClientRect();
      const drawn = bar.querySelector('.drawn').getBoundingClientRect();
      const inside = words.bottom <= drawn.top + 1 || words.right <= drawn.right + 1;
      if (!inside) problems.push(`“${bar.textContent}” is longer than its bar`);
    }
    const small = [...document.querySelectorAll('body *')].filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) &&
      parseFloat(getComputedStyle(element).fontSize) < 13.3 && element.getClientRects().length > 0);
    small.forEach((element) => problems.push(`“${element.textContent.trim()}” is smaller than 10 pt`));
    return problems;
  });
  found.forEach((problem) => fault(where, problem));
}

// Body text at 7:1 against the sheet.
async function contrast(page, where) {
  const ratio = await page.evaluate(() => {
    const channels = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
    const light = (colour) => {
      const [r, g, b] = channels(colour).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ink = light(getComputedStyle(document.body).color);
    const paper = light(getComputedStyle(document.body).backgroundColor);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  });
  if (ratio < 7) fault(where, `body text has ${ratio.toFixed(1)}:1`);
}

// Printed: never dark, safety on the first page.
async function prints(browser, name) {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await page.goto(root + name);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  if (paper !== 'rgb(255, 255, 255)') fault(`${name}, printed`, `paper is ${paper}`);
  await page.close();
}

if (files.length === 0) fault(folder, 'holds no .html file');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
// A lost reader sees the page with its style, however deep the address.
async function lost(browser) {
  const page = await browser.newPage();
  const answer = await page.goto(`${root}no/such/page`);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector('.band')).display === 'flex');
  const link = await page.evaluate(() => document.querySelector('main a').href);
  const there = await page.goto(link);
  if (answer.status() !== 404 || !styled || there.status() !== 200) fault('404', `${answer.status()}, styled ${styled}, ${link}`);
  await page.close();
}

if (process.argv[3]) await lost(browser);
async function every(name) {
  await validate(name);
  for (const width of WIDTHS) for (const scheme of SCHEMES.slice(0, BETWEEN.includes(width) ? 1 : 3)) await look(browser, name, width, scheme);
  await prints(browser, name);
}

// Two pages at a time.
const waiting = [...files];
const worker = async () => { while (waiting.length) await every(waiting.shift()); };
await Promise.all([worker(), worker()]);
await browser.close();
for (const line of faults) console.error(line);
console.log(`${files.length} pages, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
