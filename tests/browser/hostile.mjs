// Opens pages that hostile templates and styles made, and looks for every warning as a reader meets it: on a screen of any
// width, light and dark, on paper, and read aloud. Usage: node hostile.mjs FOLDER
// FOLDER: pages (.html) and texts.json with the warnings' texts. The browser: CHROMIUM, or /usr/bin/chromium.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const folder = resolve(process.argv[2]);
const texts = JSON.parse(readFileSync(join(folder, 'texts.json'), 'utf8'));
const pages = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
const faults = [];
const VIEWS = [
  { name: '1200 light', width: 1200, colorScheme: 'light' },
  { name: '320 dark', width: 320, colorScheme: 'dark' },
  { name: 'paper', width: 720, colorScheme: 'light', media: 'print' },
];

// Pages that are looked at side by side.
const WORKERS = 3;

// Runs in the page: what is wrong with each text.
function look(texts) {
  const found = [];
  const block = document.querySelector('[data-warnings]');
  if (!block) return ['there are no warnings'];
  const squeezed = (text) => text.replace(/\s+/g, ' ').trim();
  const parts = [...block.querySelectorAll('h2, h3, p, li')];
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => [red, green, blue].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const above = block.getBoundingClientRect().top + scrollY;
  if (above > 2700) found.push(`the warnings begin at ${above} px`);
  for (const text of texts) {
    const element = parts.find((part) => squeezed(part.textContent) === text);
    if (!element) { found.push(`no "${text}"`); continue; }
    const say = (what) => found.push(`"${text}" ${what}`);
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) say('is not visible');
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const range = document.createRange();
    range.selectNodeContents(element);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 8);
    if (!rects.length) { say('has no size'); continue; }
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < 15.9) say(`is ${style.fontSize} high`);
    for (const rect of rects) {
      if (rect.height < 12) say(`has lines of ${rect.height} px`);
      if (rect.left < -1 || rect.right > document.documentElement.clientWidth + 1) say(`stands at ${rect.left} to ${rect.right} px`);
      const hit = document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2);
      if (!hit || !block.contains(hit)) say(`lies under <${hit?.tagName}>`);
    }
    const [one, other] = [luminance(channels(style.color)), luminance(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) say(`has a contrast of ${contrast.toFixed(1)}`);
  }
  return found;
}

// The inks of a picture of the warnings: a page that paints over them, or filters them, has few.
async function inks(page) {
  await page.evaluate(() => scrollTo(0, 0));
  const picture = await page.locator('[data-warnings]').screenshot({ animations: 'allow' });
  return counter.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const drawing = canvas.getContext('2d');
      drawing.drawImage(image, 0, 0);
      const { data: pixels } = drawing.getImageData(0, 0, image.width, image.height);
      const levels = new Map();
      for (let at = 0; at < pixels.length; at += 4) {
        const key = pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2];
        levels.set(key, (levels.get(key) ?? 0) + 1);
      }
      const most = Math.max(...levels.values());
      return { inked: 1 - most / (image.width * image.height), height: image.height };
  }, picture.toString('base64'));
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const counter = await browser.newPage();
const ordinary = {};

async function judge(name, view) {
  const where = `${name}, ${view.name}`;
  const page = await browser.newPage({ viewport: { width: view.width, height: 900 }, colorScheme: view.colorScheme });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('framenavigated', (frame) => { if (!frame.url().startsWith('file:')) asked.push(frame.url()); });
  await page.goto(`file://${join(folder, name)}`);
  if (view.media) await page.emulateMedia({ media: view.media });
  // An animation or transition has begun by now.
  await page.waitForTimeout(60);
  for (const fault of await page.evaluate(look, texts)) faults.push(`${where}: ${fault}`);
  const away = asked.filter((url) => !url.startsWith('data:') && !url.startsWith('file:'));
  if (away.length) faults.push(`${where}: asks for ${away}`);
  const { inked, height } = await inks(page);
  ordinary[view.name] ??= { inked, height };
  const plain = ordinary[view.name];
  if (Math.abs(inked - plain.inked) > 0.03 || Math.abs(height - plain.height) > 0.12 * plain.height) {
    faults.push(`${where}: the warnings look otherwise: ${(100 * inked).toFixed(1)} % inked, ${height} px high; ordinary are ${(100 * plain.inked).toFixed(1)} % and ${plain.height} px`);
  }
  if (view.name === '1200 light') {
    // The snapshot quotes in its own way.
    const words = (text) => text.replace(/^\s*- (text|strong):/gm, ' ').replace(/[^\p{L}\p{N}]+/gu, ' ');
    const heard = words(await page.locator('body').ariaSnapshot());
    for (const text of texts) if (!heard.includes(words(text).trim())) faults.push(`${where}: nobody hears "${text}"`);
  }
  await page.close();
}

// The first page is the ordinary one, with which all others are compared.
const [first, ...others] = pages;
for (const view of VIEWS) await judge(first, view);
const waiting = others.flatMap((name) => VIEWS.map((view) => [name, view]));
const worker = async () => { while (waiting.length) await judge(...waiting.shift()); };
await Promise.all(Array.from({ length: WORKERS }, worker));

// Nothing of a frame is left to a style but what text inherits: a new property of the browser's shows here.
const page = await browser.newPage();
await page.goto(`file://${join(folder, pages[0])}`);
const open = await page.evaluate(() => {
  const layer = document.querySelector('style').sheet.cssRules[0];
  const rule = [...layer.cssRules].find((one) => one.selectorText === '[data-frame]');
  return { sealed: [...rule.style], all: [...getComputedStyle(document.documentElement)] };
});
console.log(`${pages.length} pages, ${VIEWS.length} views each; ${open.sealed.length} of ${open.all.length} properties of a frame are the program's`);
await browser.close();
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
