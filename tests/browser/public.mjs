// Looks at the public pages of a folder: on paper nothing of the text is left out, and on screens the words that say to call stand
// on one line with the number. Usage: node public.mjs FOLDER
// The browser: CHROMIUM, or /usr/bin/chromium.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const folder = resolve(process.argv[2] ?? '.');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
const faults = [];
// What leads to other places has no use on paper.
const AWAY = '.skip, .pages, .on-this-page, .print-hint, .choice, .choices, .social, .calendar, script, style, template';
let calls = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith('.html')).sort()) {
  await page.goto(`file://${join(folder, name)}`);
  await page.emulateMedia({ media: 'print' });
  const lost = await page.evaluate((away) => {
    const texts = [...document.querySelectorAll('main :is(h1, h2, h3, h4, p, li, dt, dd)')].filter((one) => !one.closest(away) && !one.closest('[hidden]'));
    const isShown = (one) => [...one.getClientRects()].some((box) => box.width > 0 && box.height > 0);
    return texts.filter((one) => one.textContent.trim() && !isShown(one)).map((one) => one.textContent.trim().slice(0, 40));
  }, AWAY);
  for (const words of lost) faults.push(`${name}: “${words}” is not printed`);
  await page.emulateMedia({ media: null });
  for (const width of [320, 390, 768, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    const found = await page.evaluate(() => {
      const looked = (one) => {
        // The ambulance's number is in the middle of its line.
        const link = one.querySelector('[href^="tel:"]');
        if (!link || link.textContent.replace(/\D/g, '').length < 7) return [];
        const words = document.createRange();
        words.selectNodeContents(link.parentElement);
        words.setEndBefore(link);
        const before = [...words.getClientRects()].filter((box) => box.width > 1);
        const number = [...link.getClientRects()];
        const [left, right] = [Math.min(...before.map((box) => box.left)), Math.max(...before.map((box) => box.right))];
        // With a space between both, and a hair of room.
        const fits = right - left + 12 + number[0].width <= link.parentElement.getBoundingClientRect().width;
        const torn = number.length !== 1 || (fits && before.some((box) => Math.abs(box.bottom - number[0].bottom) > 4));
        return [{ words: one.textContent.trim(), torn }];
      };
      return [...document.querySelectorAll('[data-warnings] :is(h2, h3, h4)')].flatMap(looked);
    });
    calls += found.length;
    for (const { words, torn } of found) if (torn) faults.push(`${name} at ${width}: “${words}” is torn`);
  }
}
if (calls === 0) faults.push('no page says whom to call');
await browser.close();
for (const line of faults) console.error(line);
process.exit(faults.length === 0 ? 0 : 1);
