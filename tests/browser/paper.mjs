// Prints every .html file of a folder and reports those that take more than two sides of paper. Usage: node paper.mjs FOLDER
// The browser: CHROMIUM, or /usr/bin/chromium.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const folder = resolve(process.argv[2] ?? '.');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
const faults = [];
for (const name of readdirSync(folder).filter((name) => name.endsWith('.html')).sort()) {
  await page.goto(`file://${join(folder, name)}`);
  for (const format of ['Letter', 'A4']) {
    const pdf = (await page.pdf({ format, printBackground: true })).toString('latin1');
    const sides = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    if (sides < 1 || sides > 2) faults.push(`${name}: ${sides} sides of ${format}`);
  }
  await page.emulateMedia({ media: 'print' });
  const shown = await page.evaluate(() => [...document.querySelectorAll('[data-warnings], .precautions li, #note')].every((one) => one.getBoundingClientRect().height > 0));
  if (!shown) faults.push(`${name}: a warning, a precaution or the note is not printed`);
  await page.emulateMedia({ media: null });
}
await browser.close();
for (const line of faults) console.error(line);
process.exit(faults.length === 0 ? 0 : 1);
