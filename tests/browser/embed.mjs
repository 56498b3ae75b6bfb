// The general text in pages of somebody else's, in Chromium. Usage: node embed.mjs FOLDER [SHOTS]
// FOLDER: what `site --embed` made, without an address. The pages around come from another server than the frame.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const faults = [];
const check = (where, holds, what) => { if (!holds) faults.push(`${where}: ${what}`); };
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript' };
const file = (name) => readFileSync(join(folder, name), 'utf8');

async function serve(answer) {
  const server = createServer((request, response) => {
    const body = answer(request.url.slice(1).split('?')[0]);
    response.writeHead(body === null ? 404 : 200, { 'content-type': TYPES[request.url.split('.').pop()] ?? TYPES.html }).end(body ?? '');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return [server, `http://127.0.0.1:${server.address().port}/`];
}
const [ours, root] = await serve((name) => (/^(en\.embed\.html|embed\.js|embed-frame\.js)$/.test(name) ? file(name) : null));
let around = '';
const [theirs, host] = await serve(() => around);
const snippet = file('en.embed.txt').replaceAll('src="', `src="${root}`);

const page = (style, body) => `<!DOCTYPE html><html lang="en"><head><title>A clinic of somebody else's</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head><body><header><h1 class="theirs">Our clinic</h1></header><main><p class="theirs">Welcome. <a class="theirs" href="/about">About us</a></p>${body}<ul class="theirs"><li class="theirs">One</li></ul></main></body></html>`;

// What themes do, and what nobody should: each rule alone would hide a warning.
const HIDDEN = ['display:none', 'visibility:hidden', 'opacity:0', 'position:absolute;left:-9999px', 'height:0;overflow:hidden', 'max-height:0;overflow:hidden',
  'transform:scale(0)', 'clip-path:inset(50%)', 'font-size:1px', 'font-size:0', 'color:#fff;background:#fff', 'color:transparent', 'filter:opacity(0)', 'text-indent:-9999px',
  'content-visibility:hidden', 'width:0;overflow:hidden', 'zoom:.01', 'mix-blend-mode:color', 'line-height:0', '-webkit-text-fill-color:transparent', 'margin-left:-3000px', 'letter-spacing:-1em', 'writing-mode:vertical-lr'];
const ALL = '.aftercare-embed,.aftercare-embed *,main div,main p.aftercare,main div h2,main div h3,main div h4,main div ul,main div li,main div strong,main div a';
const hostile = HIDDEN.map((rule) => [rule, `${ALL}{${rule.split(';').map((one) => `${one}!important`).join(';')}}`]);
const THEME = `html{font-size:62.5%}*{box-sizing:border-box;margin:0;padding:0}body{font:300 1.2rem/1.1 Georgia;color:#999;letter-spacing:.1em;text-transform:uppercase;text-align:center}
ul{list-style:none}a{color:inherit;text-decoration:none}h2,h3{display:inline;font-weight:100;float:right}div{display:flex}table{display:none}
main div li::before{content:"SPONSORED"}main div p::after{content:"";position:fixed;inset:0;background:#fff}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
async function open(where, html, options = {}) {
  around = html;
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.on('console', (message) => check(where, false, `console: ${message.text()}`));
  tab.on('pageerror', (error) => check(where, false, `script: ${error.message}`));
  tab.on('request', (asked) => check(where, asked.url().startsWith(root) || asked.url().startsWith(host), `asks for ${asked.url()}`));
  await tab.goto(host);
  return tab;
}
const shot = async (tab, where) => { if (shots) await tab.screenshot({ path: join(shots, `embed-${where}.png`), fullPage: true }); };

// What of the part cannot be seen: nothing drawn, too small, off the page, or hardly told from its ground.
const unseen = (tab) => tab.evaluate(() => {
  const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)).reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const ground = (one) => { for (let at = one; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  const lines = [...document.querySelectorAll('.aftercare-embed :is(h2, h3, h4, p, li)')];
  const found = lines.length < 30 ? [`only ${lines.length} lines`] : [];
  for (const line of lines) {
    line.scrollIntoView({ block: 'center', behavior: 'instant' });
    const [style, box] = [getComputedStyle(line), line.getBoundingClientRect()];
    const [ink, paper] = [light(rgb(style.color)), light(ground(line))];
    const contrast = (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
    const range = document.createRange();
    range.selectNodeContents(line);
    const words = range.getClientRects()[0];
    const top = words && document.elementFromPoint(words.left + Math.min(words.width / 2, 20), words.top + words.height / 2);
    const faults = [
      [!line.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }), 'is hidden'],
      [box.width < 100 || box.height < 16, `is ${box.width} by ${box.height}`],
      [box.left < 0 || box.right > innerWidth, 'stands off the page'],
      [parseFloat(style.fontSize) < 14, `is ${style.fontSize} high`],
      [contrast < 4.5, `has a contrast of ${contrast}`],
      [!top || !(line.contains(top) || top.contains(line)) || !top.closest('.aftercare-embed'), 'is covered'],
      [style.textTransform !== 'none' || style.letterSpacing !== 'normal' || style.writingMode !== 'horizontal-tb', 'is set in the style of the page'],
    ];
    for (const [wrong, what] of faults) if (wrong) found.push(`“${line.textContent.trim().slice(0, 40)}” ${what}`);
  }
  scrollTo(0, 0);
  return found.slice(0, 3);
});
const styles = (tab) => tab.$$eval('.theirs', (all) => all.map((one) => [...getComputedStyle(one)].map((name) => `${name}:${getComputedStyle(one)[name]}`).filter((line) => !/^(perspective-origin|transform-origin|height|width|block-size|inline-size|inset|top|bottom)/.test(line)).join()));
const axed = async (tab, where) => {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run('.aftercare-embed', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const one of violations) check(where, false, `axe ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
};

const fragment = file('en.fragment.html');

// In a theme: seen whole, and nothing around it changes.
for (const [where, style, options] of [['plain', '', {}], ['theme', THEME, {}], ['narrow', THEME, { viewport: { width: 320, height: 700 } }], ['dark', ':root{color-scheme:dark}', {}], ['light-on-dark-device', '', { colorScheme: 'dark' }]]) {
  const tab = await open(where, page(style, fragment), options);
  for (const fault of await unseen(tab)) check(where, false, fault);
  await axed(tab, where);
  const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(where, sideways <= 0, `scrolls ${sideways} px sideways`);
  const paper = await tab.$eval('.aftercare-embed', (one) => getComputedStyle(one).backgroundColor);
  check(where, (paper !== 'rgb(255, 255, 255)') === (where === 'dark'), `stands on ${paper}`);
  const marks = await tab.$$eval('.aftercare-embed *', (all) => all.filter((one) => ['::before', '::after'].some((mark) => getComputedStyle(one, mark).content !== 'none' && getComputedStyle(one, mark).display !== 'none')).length);
  check(where, marks === 0, `${marks} marks of the page stand in it`);
  await shot(tab, where);
  const [after] = [await styles(tab)];
  const bare = await open(where, page(style, ''), options);
  check(where, JSON.stringify(await styles(bare)) === JSON.stringify(after), 'changes the page around it');
  await tab.context().close();
  await bare.context().close();
}

// Rules that hide it.
{
  const tab = await open('hostile', page('', fragment));
  for (const [rule, css] of hostile) {
    await tab.evaluate((css) => { document.querySelectorAll('style')[0].textContent = css; }, css);
    for (const fault of await unseen(tab)) check(`${rule}`, false, fault);
  }
  await tab.context().close();
}

// In a frame: as high as its page, at every width, and in the colours of the page around.
const inside = (tab) => tab.frames().find((one) => one.url().startsWith(root));
const settled = (tab) => tab.waitForFunction(() => document.querySelector('iframe').style.height !== '');
for (const [where, style, dark, options] of [
  ['frame', '', false, {}], ['frame-narrow', '', false, { viewport: { width: 320, height: 700 } }], ['frame-dark', 'body{background:#111;color:#eee}', true, {}],
  ['frame-light-on-dark-device', 'body{background:#fff}', false, { colorScheme: 'dark' }], ['frame-by-scheme', ':root{color-scheme:light dark}', true, { colorScheme: 'dark' }],
]) {
  const tab = await open(where, page(style, snippet), options);
  await settled(tab).catch(() => check(where, false, 'gets no height'));
  await tab.waitForTimeout(500);
  const [height, content] = [await tab.$eval('iframe', (one) => one.clientHeight), await inside(tab).evaluate(() => document.documentElement.scrollHeight)];
  check(where, Math.abs(height - content) <= 1 && content > 1500, `the frame is ${height} px high, its page ${content}`);
  const paper = await inside(tab).evaluate(() => getComputedStyle(document.querySelector('.aftercare-embed')).backgroundColor);
  check(where, (paper !== 'rgb(255, 255, 255)') === dark, `stands on ${paper}`);
  await shot(tab, where);
  await tab.setViewportSize({ width: 420, height: 800 });
  await tab.waitForTimeout(500);
  const [low, high] = [await tab.$eval('iframe', (one) => one.clientHeight), await inside(tab).evaluate(() => document.documentElement.scrollHeight)];
  check(where, Math.abs(low - high) <= 1, `at another width the frame is ${low} px high, its page ${high}`);
  await tab.context().close();
}

// Without the scripts it scrolls, and the first warnings stand in sight.
{
  const where = 'frame-without-script';
  const tab = await open(where, page('', snippet), { javaScriptEnabled: false });
  await tab.waitForTimeout(500);
  const box = await tab.locator('iframe').boundingBox();
  check(where, box.height === 900, `is ${box.height} px high`);
  const call = await tab.frameLocator('iframe').locator('h4').first().boundingBox();
  check(where, call && call.y > box.y && call.y + call.height < box.y + box.height, 'does not show the emergency at once');
  await shot(tab, where);
  await tab.context().close();
}

await browser.close();
ours.close();
theirs.close();
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
