// What belongs to the patient stays: through presets, printing, clearing, faults, and a program that is away. In Chromium.
// Usage: node patient.mjs http://127.0.0.1:8017/ [FOLDER]
import * as shared from './page.mjs';
import { check, fault, leadsTo, look, run, url, value } from './page.mjs';

// The height that a laptop leaves for a page.
const open = (where, options = {}, script) => shared.open(where, { viewport: { width: 1366, height: 650 }, script, ...options });
const all = (page) => page.evaluate(() => JSON.stringify([...new FormData(document.getElementById('form'))].filter(([name]) => !['session_at', 'session_now', 'therapist', 'stretches', 'exercises'].includes(name))));
const status = async (page) => (await page.textContent('#status')).trim();
const sheet = (page) => page.waitForFunction(() => document.querySelector('#preview svg.paper') && !document.querySelector('.stale'));
const said = (page, text) => page.waitForFunction((text) => document.getElementById('status').textContent.includes(text), text);
const tick = (page, name, value) => page.click(`label:has([name="${name}"][value="${value}"])`);

// A patient with everything that a patient can have.
async function fill(page) {
  await tick(page, 'precautions', 'blood-thinners');
  await tick(page, 'precautions', 'fluid-limit');
  await tick(page, 'edition', 'large-print');
  await page.fill('#field-rest_hours', '48');
  await page.fill('#field-patient', 'Ann');
  await page.fill('#field-note', 'Walk a little');
  await page.fill('#field-next_visit', '2026-12-01T10:00');
  await page.click('#field-exclude summary');
  await tick(page, 'exclude', 'closing');
}

const PATIENTS = { precautions: 'blood-thinners,fluid-limit', edition: 'large-print', rest_hours: '48', patient: 'Ann', note: 'Walk a little', next_visit: '2026-12-01T10:00', exclude: 'closing' };

async function hasEverything(page, where, when) {
  for (const [name, wanted] of Object.entries(PATIENTS)) {
    const found = await value(page, name);
    check(where, found === wanted, `${when}, ${name} is “${found}”`);
  }
}

async function presets() {
  const where = 'presets';
  const page = await open(where);
  await fill(page);
  for (const preset of ['low-back-intense', 'hip-and-glute-moderate']) {
    await page.click(`.preset[value="${preset}"]`);
    await hasEverything(page, where, `after ${preset}`);
  }
  await sheet(page);
  check(where, (await status(page)).includes('Blood thinners, Fluid limit'), `says “${await status(page)}”`);
  check(where, !(await page.isVisible('#undo')), 'offers to undo what took nothing away');
  await tick(page, 'intensity', 'light');
  await tick(page, 'regions', 'knee');
  await page.click('.preset[value="runners-calf"]');
  check(where, /Reset: .*Treated area/.test(await status(page)), `does not say what it set anew: ${await status(page)}`);
  await look(page, `${where}, set anew`);
  await page.fill('#field-patient', 'Anna');
  await page.click('#undo');
  check(where, (await value(page, 'regions')) === 'hip,glute,knee' && (await value(page, 'intensity')) === 'light', 'Undo does not bring the choices back');
  check(where, (await value(page, 'patient')) === 'Anna', 'Undo takes what was typed after the preset');
  await page.context().close();
}

// Another treatment asks for other things; what is the patient's goes with it, there and back.
async function otherTreatment() {
  const where = 'another treatment';
  const page = await open(where);
  await page.fill('#field-patient', 'Ann');
  await page.fill('#field-note', 'Walk a little');
  await page.fill('#field-next_visit', '2026-12-01T10:00');
  await tick(page, 'edition', 'large-print');
  await tick(page, 'precautions', 'pregnancy');
  await tick(page, 'precautions', 'immune');
  await tick(page, 'intensity', 'intense');
  await tick(page, 'regions', 'wrist');
  await page.fill('#field-rest_hours', '60');
  for (const treatment of ['cupping', 'dry-needling']) {
    await Promise.all([page.waitForNavigation(), page.click(`.treatments [value="${treatment}"]`)]);
    check(where, (await value(page, 'treatment')) === treatment, `the page is for “${await value(page, 'treatment')}”`);
    check(where, (await page.getAttribute(`.treatments [value="${treatment}"]`, 'aria-pressed')) === 'true', `${treatment} is not pressed`);
    for (const [name, wanted] of [['patient', 'Ann'], ['note', 'Walk a little'], ['next_visit', '2026-12-01T10:00'], ['edition', 'large-print']]) {
      check(where, (await value(page, name)) === wanted, `${treatment}, ${name} is “${await value(page, name)}”`);
    }
    const own = treatment === 'dry-needling';
    check(where, (await status(page)).includes('Rest (hours) 60, Weak immune system') === !own, `${treatment}, says “${await status(page)}”`);
    const wanted = own ? ['pregnancy,immune', 'wrist', 'intense', '60'] : ['pregnancy', '', '', ''];
    for (const [index, name] of ['precautions', 'regions', 'intensity', 'rest_hours'].entries()) {
      check(where, (await value(page, name)) === wanted[index], `${treatment}, ${name} is “${await value(page, name)}”`);
    }
    const asks = await page.isVisible('#field-intensity');
    check(where, asks === (treatment === 'dry-needling'), `${treatment}: what only dry needling asks is ${asks ? 'there' : 'not there'}`);
    await look(page, `${where}, ${treatment}`);
  }
  // The next patient has none of it.
  await Promise.all([page.waitForNavigation(), page.click('.treatments [value="cupping"]')]);
  await page.click('#clear');
  await Promise.all([page.waitForNavigation(), page.click('.treatments [value="dry-needling"]')]);
  check(where, (await value(page, 'precautions')) === '' && (await value(page, 'rest_hours')) === '', 'brings a former patient\'s words back');
  await page.context().close();
}

async function sameTreatment() {
  const where = 'same treatment, new patient';
  const page = await open(where);
  await page.click('.preset[value="runners-calf"]');
  await tick(page, 'intensity', 'intense');
  await fill(page);
  await page.click('#print');
  await said(page, 'Ready for the next patient');
  await tick(page, 'precautions', 'pregnancy');
  await page.fill('#field-patient', 'Bob');
  await page.keyboard.press('Tab');
  await page.click('#last');
  check(where, (await value(page, 'regions')) === 'calf,ankle' && (await value(page, 'intensity')) === 'intense', 'the treatment does not come');
  check(where, (await value(page, 'precautions')) === 'pregnancy' && (await value(page, 'patient')) === 'Bob', 'the new patient’s own things go');
  check(where, (await value(page, 'edition')) === 'standard' && (await value(page, 'rest_hours')) === '' && (await value(page, 'exclude')) === '', 'the last patient’s needs come too');
  await page.context().close();
}

async function cancelled() {
  const where = 'a print that was cancelled';
  const page = await open(where);
  await page.click('.preset[value="low-back-intense"]');
  await fill(page);
  await sheet(page);
  const before = await all(page);
  await page.click('#print');
  await said(page, 'Ready for the next patient');
  check(where, (await value(page, 'patient')) === '', 'the patient stays in the form');
  check(where, (await page.evaluate(() => document.activeElement.matches('.preset') && scrollY === 0)), 'the page is not at its top and first preset');
  await look(page, where);
  await page.keyboard.press('Enter');
  check(where, (await value(page, 'regions')) === '', 'an Enter too many begins the next patient');
  await page.keyboard.press('Escape');
  await page.click('#undo');
  check(where, (await all(page)) === before, `brings back ${await all(page)} for ${before}`);
  await page.click('#print');
  await said(page, 'Ready for the next patient');
  await page.keyboard.press('3');
  check(where, !(await page.isVisible('#undo')), 'the former patient can be brought into the next one’s form');
  check(where, (await value(page, 'precautions')) === '' && (await value(page, 'regions')) === 'shoulder', 'the next patient begins with what is not theirs');
  await page.keyboard.press('Enter');
  await said(page, 'Ready for the next patient');
  await page.context().close();
}

async function clearing() {
  const where = 'clearing';
  const page = await open(where);
  await page.clock.install();
  await page.reload();
  await page.click('.preset[value="low-back-intense"]');
  await fill(page);
  const before = await all(page);
  for (const act of [() => page.keyboard.press('Escape'), () => page.click('#clear')]) {
    await page.focus('#field-note');
    await act();
    check(where, (await value(page, 'note')) === '' && (await page.isVisible('#undo')), 'clears without a way back');
    await page.click('#undo');
    check(where, (await all(page)) === before, `brings back ${await all(page)}`);
  }
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Control+z');
  check(where, (await all(page)) === before, 'Ctrl+Z brings nothing back');
  await page.clock.fastForward(4 * 60 * 1000 + 35 * 1000);
  check(where, (await status(page)).includes('clears soon') && /\d+ s/.test(await page.textContent('#seconds')), 'no countdown');
  await look(page, 'countdown');
  await page.mouse.move(300, 300);
  check(where, !(await status(page)).includes('clears soon'), 'a moved mouse is not somebody');
  await page.clock.fastForward(4 * 60 * 1000);
  check(where, (await all(page)) === before, 'clears too early');
  await page.clock.fastForward(65 * 1000);
  check(where, (await value(page, 'patient')) === '', 'keeps a patient for ever');
  await page.click('#undo');
  check(where, (await all(page)) === before, 'who comes back a moment too late has lost it');
  await page.clock.fastForward(6 * 60 * 1000);
  await page.clock.fastForward(65 * 1000);
  check(where, !(await page.isVisible('#undo')), 'the patient can be brought back long after');
  await page.context().close();
}

// By hand, as people type: month, day, year, then nothing.
async function halfDates() {
  const where = 'half a date';
  const page = await open(where);
  let sent = 0;
  page.context().on('request', (one) => { if (/sheet|print/.test(one.url())) sent += 1; });
  await page.keyboard.press('1');
  await sheet(page);
  await page.focus('#field-next_visit');
  await page.keyboard.type('12042026');
  await page.click('#print');
  await page.waitForSelector('#faults-next_visit .fault');
  check(where, await leadsTo(page, 'field-next_visit'), 'Print does not lead to the missing half');
  check(where, (await status(page)).includes('missing'), `says “${await status(page)}”`);
  await look(page, where);
  await page.click('.treatments button[aria-pressed="false"]');
  await page.waitForTimeout(500);
  const isThere = await page.evaluate(() => document.getElementById('field-next_visit').validity.badInput);
  check(where, isThere, 'another treatment drops half a date');
  await page.focus('#field-next_visit');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.fill('#field-next_visit', '2026-12-04T10:00');
  await page.waitForFunction(() => !document.querySelector('.fault'));
  await page.focus('#field-session_at');
  await page.keyboard.press('Delete');
  await page.click('#print');
  await page.waitForSelector('#faults-session_at .fault');
  check(where, sent === 0, 'prints half a date');
  await page.fill('#field-session_at', '');
  await page.waitForFunction(() => !document.querySelector('.fault'));
  check(where, (await value(page, 'session_at')) === (await value(page, 'session_now')), 'an emptied session time is not now');
  await page.focus('#field-next_visit');
  await page.keyboard.type('12040026');
  await page.fill('#field-next_visit', '0026-12-04T10:00');
  await page.dispatchEvent('#field-next_visit', 'change');
  check(where, (await value(page, 'next_visit')) === '2026-12-04T10:00', 'a year of two digits is the first century');
  await page.context().close();
  const plain = await open(where, { javaScriptEnabled: false });
  await plain.click('.preset[value="neck-moderate"]');
  await plain.focus('#field-next_visit');
  await plain.keyboard.type('12042026');
  let asked = false;
  plain.context().on('request', () => { asked = true; });
  await plain.click('#print');
  await plain.click('.look');
  check(where, !asked, 'without scripts half a date is sent as none');
  await plain.context().close();
}

async function away() {
  const where = 'the program is away';
  const page = await open(where);
  await page.click('.preset[value="neck-moderate"]');
  await fill(page);
  await sheet(page);
  await page.context().setOffline(true);
  await tick(page, 'regions', 'shoulder');
  await page.waitForSelector('.stale');
  const before = await all(page);
  check(where, (await status(page)).includes('stays here'), `says “${await status(page)}”`);
  await look(page, where);
  for (const button of ['#print', '.save[formaction]', '.save:not([formaction])', '.nav a:not([aria-current])']) {
    await page.click(button);
    await page.waitForTimeout(400);
    check(where, page.url() === url, `${button} leads to ${page.url()}`);
    check(where, (await all(page)) === before, `${button} loses the form`);
  }
  check(where, await page.evaluate(() => { const event = new Event('beforeunload', { cancelable: true }); dispatchEvent(event); return event.defaultPrevented; }), 'closing the tab does not ask');
  await page.context().setOffline(false);
  await sheet(page);
  check(where, (await status(page)).includes('answers again'), 'does not say that it is back');
  check(where, (await all(page)) === before, 'the form changes when it is back');
  await page.context().close();
}

async function faulty() {
  const where = 'a fault';
  const page = await open(where);
  await page.keyboard.press('1');
  await sheet(page);
  await page.fill('#field-note', 'x'.repeat(620));
  await page.waitForSelector('#faults-note .fault');
  check(where, (await page.locator('#preview.stale svg.paper').count()) === 2, 'empties the sheet');
  check(where, await page.isVisible('#mark'), 'an old sheet has no mark');
  check(where, (await page.textContent('#count-note')).startsWith('620 of 600'), `counts “${await page.textContent('#count-note')}”`);
  await look(page, where);
  await page.keyboard.press('Escape');
  await page.fill('#field-rest_hours', '999');
  await page.keyboard.press('Tab');
  await page.keyboard.press('2');
  await page.waitForSelector('#faults-rest_hours .fault');
  check(where, (await page.locator('#preview svg.paper').count()) === 0, 'shows the former patient’s sheet');
  await page.fill('#field-rest_hours', '');
  await sheet(page);
  await page.click('#field-choose summary');
  await page.check('#field-stretches .every');
  const tiles = await page.$$('#field-stretches label.figure:not(:has(:checked))');
  const own = await page.locator('#field-stretches .figure :checked').count();
  for (const tile of tiles.slice(0, 7 - own)) await tile.click();
  check(where, (await page.locator('#field-stretches .figure :checked').count()) === 6, 'a seventh stretch is ticked');
  check(where, (await status(page)).includes('At most 6'), 'a refused tick says nothing');
  await sheet(page);
  await page.context().close();
}

async function messages() {
  const where = 'messages';
  const page = await open(where);
  await page.click('#field-patient');
  await page.keyboard.type('Ann');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await said(page, 'Choose what the sheet is about');
  await page.waitForTimeout(300);
  check(where, (await status(page)).includes('Choose what the sheet is about'), 'the message goes before it is read');
  await page.keyboard.press('1');
  await page.keyboard.press('n');
  check(where, (await page.evaluate(() => document.activeElement.id)) === 'field-patient', 'n does not lead to the name');
  await page.context().close();
}

// Name, precautions, faults and the changed side of the sheet are in sight without scrolling.
async function inSight() {
  for (const [name, width, height] of [['laptop', 1366, 650], ['desk', 1920, 950], ['tablet', 820, 1180]]) {
    const where = `in sight, ${name}`;
    const page = await open(where, { viewport: { width, height } });
    await page.keyboard.press('2');
    await sheet(page);
    const hidden = await page.evaluate(() => {
      const floor = document.querySelector('.bar').getBoundingClientRect().top;
      return ['#field-precautions', '#field-patient', '#field-next_visit', '#preview svg.paper'].filter((one) => {
        const box = document.querySelector(one).getBoundingClientRect();
        return box.top < 0 || (one === '#preview svg.paper' ? box.top + 80 : box.bottom) > floor;
      });
    });
    check(where, hidden.length === 0, `hides ${hidden.join(', ')}`);
    await page.fill('#field-note', 'Walk for ten minutes');
    await page.waitForFunction(() => [...document.querySelectorAll('#preview text')].some((one) => one.textContent.includes('ten minutes')));
    const shown = await page.evaluate(() => {
      const text = [...document.querySelectorAll('#preview text')].find((one) => one.textContent.includes('ten minutes'));
      const [box, frame] = [text.getBoundingClientRect(), document.getElementById('preview').getBoundingClientRect()];
      return box.top >= frame.top && box.bottom <= frame.bottom;
    });
    check(where, shown, 'the note is typed and not seen on the sheet');
    await page.context().close();
  }
  for (const [name, options] of [['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }], ['zoomed', { viewport: { width: 683, height: 384 } }]]) {
    const where = `in sight, ${name}`;
    const page = await open(where, options);
    await page.click('.preset[value="low-back-intense"]');
    await page.fill('#field-rest_hours', '999');
    await page.waitForFunction(() => /1 to read/.test(document.getElementById('see').textContent));
    await page.fill('#field-rest_hours', '');
    await sheet(page);
    await page.click('#see');
    check(where, (await page.locator('#large svg.paper').count()) === 2 && (await page.isVisible('#large')), 'the sheet does not open');
    await look(page, `${where}, the sheet`);
    await page.keyboard.press('Escape');
    check(where, !(await page.isVisible('#large')) && (await value(page, 'regions')) === 'lower-back', 'Esc does more than close the sheet');
    await page.context().close();
  }
}

async function therapist() {
  const where = 'therapist';
  const page = await open(where);
  check(where, (await page.textContent('#who')).includes('Who is treating'), 'nobody is asked for');
  await tick(page, 'therapist', 'Valerie');
  check(where, (await page.textContent('#who')) === '', 'asks on');
  await page.waitForFunction(() => document.getElementById('whose').textContent === 'Valerie');
  await page.reload();
  check(where, (await value(page, 'therapist')) === 'Valerie', 'forgets who uses this browser');
  await page.evaluate(() => localStorage.setItem('aftercare.therapist', JSON.stringify({ name: 'Valerie', at: Date.now() - 5 * 3600 * 1000 })));
  await page.reload();
  check(where, (await value(page, 'therapist')) === '' && (await page.textContent('#who')) !== '', 'takes yesterday’s therapist for today’s');
  await page.context().close();
}

async function files() {
  const where = 'files';
  const page = await open(where);
  await page.click('.preset[value="shoulder-light"]');
  await page.fill('#field-patient', 'Ann');
  for (const [button, name] of [['.save:not([formaction])', 'aftercare-2026-11-24-1530-shoulder.pdf'], ['.save[formaction]', 'aftercare-2026-11-24-1530-shoulder.html']]) {
    const [kept] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
    check(where, kept.suggestedFilename() === name, `is called ${kept.suggestedFilename()}`);
    await said(page, name);
  }
  check(where, (await value(page, 'patient')) === 'Ann' && (await page.isEnabled('#last')), 'saving loses the form, or is no sheet');
  await page.context().close();
}

// From another machine, over plain HTTP, a browser tells less about itself. And one that keeps PDFs shows none.
async function otherBrowsers() {
  const where = 'other browsers';
  const lan = await open(where, {}, () => { delete Object.getPrototypeOf(navigator).userAgentData; });
  await lan.keyboard.press('1');
  await lan.keyboard.press('Enter');
  await lan.waitForFunction(() => window.printed === 'application/pdf');
  check(where, lan.context().pages().length === 1, 'opens a tab on an origin that is not secure');
  await lan.context().close();
  const tabs = await open(where, {}, () => { Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false }); });
  await tabs.keyboard.press('1');
  const [tab] = await Promise.all([tabs.context().waitForEvent('page'), tabs.keyboard.press('Enter')]);
  await said(tabs, 'Ready for the next patient');
  check(where, tab !== tabs && (await tabs.isVisible('#undo')), 'a tab is no print');
  await tabs.context().close();
}

const paths = { presets, otherTreatment, sameTreatment, cancelled, clearing, halfDates, away, faulty, messages, inSight, therapist, files, otherBrowsers };
await run(paths);
