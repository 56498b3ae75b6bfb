// The print window of a browser with a window: cancelled, then used, by keys alone. A browser without a window has none.
// Usage: node headed.mjs http://127.0.0.1:8017/. Needs Xvfb and xdotool.
import { execFileSync, spawn } from 'node:child_process';
import { chromium } from 'playwright-core';

const [url] = process.argv.slice(2);
const faults = [];
const check = (holds, what) => { if (!holds) faults.push(what); };
// A screen of its own; it says which number it took.
const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1366x768x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
const number = await new Promise((told) => screen.stdout.once('data', (data) => told(String(data).trim())));
process.env.DISPLAY = `:${number}`;
const browser = await chromium.launch({ headless: false, executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--window-size=1366,768', '--window-position=0,0'] });
const page = await (await browser.newContext({ viewport: null })).newPage();
page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
await page.goto(url);
await page.bringToFront();

const pause = (time) => new Promise((done) => setTimeout(done, time));
const press = async (key) => { execFileSync('xdotool', ['key', key]); await pause(700); };
const value = (name) => page.evaluate((name) => new FormData(document.getElementById('form')).getAll(name).join(), name);
const said = (text) => page.waitForFunction((text) => document.getElementById('status').textContent.includes(text), text);
// The print window takes the keys: while it is open none reaches the page.
const windowOpens = async () => { await said('Ready for the next patient'); await pause(4000); };

try {
  await pause(1500);
  await press('2');
  await page.click('label:has([name="precautions"][value="blood-thinners"])');
  await press('n');
  execFileSync('xdotool', ['type', 'Ann']);
  await pause(500);
  await press('Return');
  await press('Return');
  await windowOpens();
  await press('5');
  check((await value('regions')) === '', 'no print window took the key');
  await press('Escape');
  await pause(1500);
  check(await page.evaluate(() => document.activeElement.matches('.preset') && scrollY === 0), 'after the print window the page is not at its top and first preset');
  await page.click('#undo');
  check((await value('patient')) === 'Ann' && (await value('precautions')) === 'blood-thinners', 'a cancelled print loses the patient');
  await press('Escape');
  await press('3');
  check((await value('regions')) === 'shoulder' && (await value('precautions')) === '', 'the keys are dead for the second patient');
  await press('Return');
  await windowOpens();
  await press('Escape');
  await pause(1500);
  await press('4');
  check((await value('regions')) === 'lower-back', 'the keys are dead for the third patient');
} catch (error) {
  faults.push(error.message);
}
await browser.close();
screen.kill();
for (const line of faults) console.error(line);
console.log(`${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
