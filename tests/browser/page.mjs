// What the scripts that drive the clinician's page share: a browser, pages in it, and what they found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [url, folder] = process.argv.slice(2);
export { url, folder };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const faults = [];
export const fault = (where, what) => faults.push(`${where}: ${what}`);
export const check = (where, holds, what) => { if (!holds) fault(where, what); };

// The browser: CHROMIUM, or /usr/bin/chromium.
export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

// `script` runs in the page before its own. `complains`: whether a word on the console is a fault.
export async function open(where, { path = '', script = () => {}, complains = false, ...options } = {}) {
  // The page's policy would refuse axe as any other script.
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, bypassCSP: true, acceptDownloads: true, ...options });
  // A folder that is checked, and a browser beside another, have their time on a slow machine.
  context.setDefaultTimeout(120_000);
  // A browser without a window has no print window either: this only notes what would be printed.
  await context.addInitScript(() => { window.print = () => { window.top.printed = document.contentType; }; });
  await context.addInitScript(script);
  const page = await context.newPage();
  if (complains) page.on('console', (message) => fault(where, `console: ${message.text()}`));
  page.on('pageerror', (error) => fault(where, `script: ${error.message}`));
  page.on('crash', () => fault(where, 'the tab crashes'));
  page.on('request', (asked) => { if (!asked.url().startsWith(url) && !/^(blob|chrome|chrome-extension):/.test(asked.url())) fault(where, `asks for ${asked.url()}`); });
  await page.goto(url + path);
  return page;
}

// Whether the focus gets to a field: the page may ask the program first.
export const leadsTo = (page, id) => page.waitForFunction((id) => document.activeElement?.id === id, id).then(() => true, () => false);

export const value = (page, name) => page.evaluate((name) => new FormData(document.getElementById('form')).getAll(name).join(), name);

// What lies over the page covers what is scrolled behind it; half a control there is none too small. Scrolls until none is cut.
async function clearOfCovers(page) {
  await page.evaluate(() => {
    const covers = [...document.querySelectorAll('.bar, .ask[open] .asked')];
    const cut = (one) => covers.some((cover) => {
      const [box, over] = [one.getBoundingClientRect(), cover.getBoundingClientRect()];
      const meet = box.height > 0 && box.left < over.right && box.right > over.left && box.top < over.bottom && box.bottom > over.top;
      const whole = box.left >= over.left && box.right <= over.right && box.top >= over.top && box.bottom <= over.bottom;
      return meet && !whole && !cover.contains(one);
    });
    const all = [...document.querySelectorAll('main :is(a, button, input, textarea, select, summary, label)')];
    for (let step = 0; all.some(cut) && step < 100; step += 1) scrollBy({ top: 4, behavior: 'instant' });
  });
}

// Looks at a page as it is: accessibility, and whether it fits. With a folder a screenshot of it goes there.
export async function look(page, where) {
  await clearOfCovers(page);
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => window.axe.run({ runOnly: tags, resultTypes: ["violations"] }), RULES);
  for (const violation of result.violations) {
    for (const node of violation.nodes) fault(where, `axe ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(where, wide <= 0, `scrolls sideways by ${wide} px`);
  if (folder) await page.screenshot({ path: join(folder, `${where.replaceAll(/[^a-z0-9]+/g, '-')}.png`) });
}

// Runs the paths, or those that ONLY names, and ends with what they found.
export async function run(paths) {
  const chosen = Object.entries(paths).filter(([name]) => !process.env.ONLY || process.env.ONLY.split(',').includes(name));
  for (const [name, path] of chosen) {
    try { await path(); } catch (error) { fault(name, error.message.split('\n').slice(0, 3).join(' ')); }
  }
  await browser.close();
  for (const line of faults) console.error(line);
  console.log(`${chosen.length} paths, ${faults.length} faults`);
  process.exit(faults.length === 0 ? 0 : 1);
}
