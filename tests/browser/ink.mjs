// Whether each word of a page is to be seen, in Chromium. Usage: node ink.mjs FOLDER
// A word without ink takes its room and says nothing: a typeface can be chosen that has its letters empty.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const LEAST = 0.02; // Of a word's box. The thinnest words measured cover 0.08.
const folder = process.argv[2];
for (const name of readdirSync(folder).filter((name) => name.endsWith('.html')).sort()) {
  // A browser each: it remembers the typefaces that another page made it find.
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  await page.goto(pathToFileURL(join(folder, name)).href);
  const picture = (await page.screenshot({ fullPage: true })).toString('base64');
  const words = await page.evaluate(() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      // Names of days that give way to their neighbours; the link that waits for the keyboard.
      if (!text.parentElement.checkVisibility({ visibilityProperty: true }) || text.parentElement.closest('.skip, [class*="thins-"]')) continue;
      for (const { index, 0: word } of text.data.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        for (const { x, y, width, height } of range.getClientRects()) found.push({ word, box: [x, y + scrollY, width, height] });
      }
    }
    return found.filter(({ box }) => box[2] >= 1 && box[3] >= 1);
  });
  const measure = await browser.newPage();
  const covered = await measure.evaluate(async ({ picture, boxes }) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return boxes.map((box) => {
      const [x, y, width, height] = box.map(Math.floor);
      const { data } = context.getImageData(x, y, Math.max(width, 1), Math.max(height, 1));
      const grey = Array.from({ length: data.length / 4 }, (_, at) => data[4 * at] * 0.3 + data[4 * at + 1] * 0.6 + data[4 * at + 2] * 0.1);
      const ground = [...grey].sort((one, other) => one - other)[Math.floor(grey.length / 2)];
      return grey.filter((shade) => Math.abs(shade - ground) > 40).length / grey.length;
    });
  }, { picture, boxes: words.map(({ box }) => box) });
  if (words.length < 50) { console.error(`${name}: only ${words.length} words`); process.exitCode = 1; }
  words.forEach(({ word }, at) => {
    if (covered[at] < LEAST) { console.error(`${name}: \`${word}\` has no ink`); process.exitCode = 1; }
  });
  console.log(`${name}: ${words.length} words, the thinnest ${Math.min(...covered).toFixed(3)}`);
  await browser.close();
}
