// Setting up the clinic on its page, in Chromium: a first start, a wrong number, rows by keyboard, a logo, two people at a
// time, choices as a preset; with and without scripts. Usage: node setup.mjs http://127.0.0.1:8017/ [FOLDER]; the program was
// started without a clinic folder, in a folder of its own.
import { check, look, open, run, url, value } from './page.mjs';

const SCREENS = [
  ['laptop', {}],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
  ['zoomed to 200', { viewport: { width: 683, height: 384 } }],
  ['dark', { colorScheme: 'dark' }],
];
const sent = (page, what) => Promise.all([page.waitForNavigation(), what]);
const save = (page) => sent(page, page.click('.save .primary'));

async function firstStart() {
  const where = 'first start';
  const page = await open(where, { path: 'setup' });
  await look(page, where);
  check(where, (await page.inputValue('#path')).endsWith('aftercare-clinic'), 'no folder is offered');
  await sent(page, page.press('#path', 'Enter'));
  check(where, (await page.textContent('#said')).includes('The folder is made'), 'nothing says that the folder is made');
  await look(page, `${where}, made`);
  await page.context().close();
}

async function screens() {
  for (const [name, options] of SCREENS) {
    const page = await open(name, { path: 'setup', ...options });
    await page.click('#look summary');
    await look(page, `set up, ${name}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
    check(name, !wide, 'the page is wider than the screen');
    await page.context().close();
  }
}

// The page has no script of its own: what works here works without.
async function office() {
  const where = 'office';
  const page = await open(where, { path: 'setup' });
  check(where, (await page.locator('script').count()) === 0, 'the page has a script');
  await page.fill('#field-name', 'Clinic by the Lake');
  await page.fill('#field-phone', 'none');
  await page.fill('#field-city', 'Lakeside');
  await save(page);
  check(where, (await page.textContent('#faults-phone')).includes('`none` is no phone number'), 'a wrong number is not told at its field');
  check(where, (await page.inputValue('#field-city')) === 'Lakeside', 'what was typed is gone');
  await look(page, `${where}, a wrong number`);
  await page.fill('#field-phone', '555 555-0100');
  await page.focus('[name="do"][value="therapists:add"]');
  await sent(page, page.keyboard.press('Enter'));
  await page.fill('#therapists-name-3', 'Dana');
  await page.fill('#therapists-title-3', 'RMT');
  await sent(page, page.click('[value="therapists:up:3"]'));
  check(where, (await page.inputValue('#therapists-name-2')) === 'Dana', 'a row does not go up');
  await page.click('#look summary');
  await page.setInputFiles('#field-logo', { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47]) });
  await save(page);
  check(where, (await page.locator('#faults-logo .fault').count()) > 0, 'a picture that is no drawing is not refused');
  await look(page, `${where}, a wrong logo`);
  const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect x="4" y="4" width="40" height="40" fill="#000000"/></svg>';
  await page.setInputFiles('#field-logo', { name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(logo) });
  await sent(page, page.press('#field-name', 'Enter'));
  check(where, page.url().includes('?saved'), `it is not saved: ${await page.textContent('main')}`);
  check(where, (await page.textContent('.brand')).includes('Clinic by the Lake'), 'the page is not of the new folder');
  await look(page, `${where}, saved`);
  await page.goto(url);
  const therapists = await page.$$eval('[name="therapist"]', (all) => all.map((one) => one.value).join());
  check(where, therapists === ',Rachel,Valerie,Dana,Suzie', `the form has ${therapists}`);
  await page.context().close();
}

async function two() {
  const where = 'two people';
  const [one, other] = [await open(where, { path: 'setup' }), await open(where, { path: 'setup' })];
  await one.fill('#field-email', 'one@clinic.example');
  await save(one);
  await other.fill('#field-email', 'other@clinic.example');
  await other.fill('#field-address', '1 Lake Street');
  await save(other);
  check(where, (await other.textContent('#faults-email')).includes('one@clinic.example'), 'the second is not told');
  check(where, (await other.inputValue('#field-address')) === '1 Lake Street', 'the second loses something');
  await look(other, where);
  await save(other);
  check(where, other.url().includes('?saved'), 'the second cannot save');
  await sent(other, other.click('form[action="/setup/undo"] button'));
  check(where, (await other.inputValue('#field-email')) === 'one@clinic.example', 'the last change is not undone');
  await one.context().close();
  await other.context().close();
}

async function preset() {
  const where = 'preset';
  const page = await open(where);
  await page.click('.preset[value="neck-moderate"]');
  await page.fill('#field-patient', 'Ann');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.click('[name="keep_as"]')]);
  await tab.waitForLoadState();
  await look(tab, where);
  check(where, !(await tab.textContent('main')).includes('Ann'), 'the patient is on it');
  await tab.fill('#label', 'Necks on Friday');
  await sent(tab, tab.keyboard.press('Enter'));
  check(where, (await tab.textContent('main')).includes('Saved.'), `not saved: ${await tab.textContent('main')}`);
  check(where, (await value(page, 'patient')) === 'Ann', 'the form in the other tab loses its patient');
  // The form that was open goes on, with the folder that has changed meanwhile.
  await page.fill('#field-patient', 'Annie');
  await page.waitForFunction(() => document.getElementById('preview').textContent.includes('Annie'));
  await page.fill('#field-patient', '');
  await page.goto(url);
  check(where, (await page.locator('.preset[value="necks-on-friday"]').count()) === 1, 'the preset is not on the form');
  await page.context().close();
}

async function language() {
  const where = 'languages';
  const page = await open(where, { path: 'setup' });
  await page.check('[name="languages"][value="fr"]');
  await save(page);
  await page.fill('#field-web', 'clinic.example');
  await sent(page, page.click('.tongue [lang="fr"]'));
  check(where, (await page.textContent('h1')).includes('Réglages'), 'the page does not change its language');
  check(where, (await page.inputValue('#field-web')) === 'clinic.example', 'the language takes what was typed');
  await look(page, where);
  await page.context().close();
}


await run({ firstStart, screens, office, two, preset, language });
