// The clinician's page of a clinic with print queues and two languages, in Chromium: queues, the page's language, and
// rosters from mending to the printed sheets. Usage: node desk.mjs http://127.0.0.1:8017/ [FOLDER]
import { readFileSync } from 'node:fs';
import { check, look, open, run, url, value } from './page.mjs';

async function queues() {
  const where = 'queues';
  const page = await open(where);
  await page.click('.preset[value="neck-moderate"]');
  await page.fill('#field-patient', 'Ann');
  await look(page, where);
  await page.click('.queue[value="Front desk"]');
  await page.waitForFunction(() => document.getElementById('status').textContent.includes('Front desk has the sheet'));
  check(where, (await value(page, 'patient')) === '' && (await value(page, 'regions')) === '', 'a queue leaves the patient in the form');
  await page.click('#reprint');
  await page.waitForFunction(() => !document.getElementById('reprint').hidden && document.getElementById('status').textContent.includes('Front desk has the sheet'));
  await page.click('#last');
  check(where, (await value(page, 'regions')) === 'neck', '“same as last” forgets a sheet that a queue took');
  await page.fill('#field-patient', 'Bob');
  await page.click('.queue[value="Broken"]');
  await page.waitForFunction(() => document.getElementById('status').textContent.includes('Out of paper.'));
  check(where, (await value(page, 'patient')) === 'Bob', 'a queue that refuses loses the form');
  await look(page, `${where}, refused`);
  await page.click('#clear');
  await page.click('.queue[value="Front desk"]');
  check(where, (await page.textContent('#status')).includes('Choose what the sheet is about'), 'an empty form goes to a queue');
  await page.context().close();
}

// Printed or not: nobody knows. Who presses again for the same sheet presses the same, also with another patient's sheet in
// between; for another sheet, another queue, and once it is known how it ended, the press is a new one.
async function unsure() {
  const where = 'a press that nobody knows the end of';
  const page = await open(where);
  const presses = [];
  let ends = 'lost';
  await page.route('**/print', (route) => {
    presses.push(new URLSearchParams(route.request().postData()).get('press'));
    if (ends === 'lost') return route.abort();
    const [status, body] = { slow: [504, 'It takes long.'], refused: [500, 'Out of paper.'], page: [500, '<p>No.</p>'], well: [200, 'It has the sheet.'] }[ends];
    return route.fulfill({ status, contentType: ends === 'page' ? 'text/html' : 'text/plain; charset=utf-8', body });
  });
  const form = async (name) => {
    await page.click('#clear');
    await page.click('.preset[value="neck-moderate"]');
    await page.fill('#field-patient', name);
  };
  const press = async (end, queue = 'Front desk') => {
    ends = end;
    const before = presses.length;
    await page.click(`.queue[value="${queue}"]`);
    await page.waitForFunction(() => !/Sending|…$/.test(document.getElementById('status').textContent.trim()));
    for (let turn = 0; presses.length === before && turn < 50; turn += 1) await page.waitForTimeout(50);
    await page.waitForTimeout(100);
    return presses.at(-1);
  };
  await form('Ann');
  const first = await press('lost');
  check(where, (await value(page, 'patient')) === 'Ann', 'a sheet that may not be printed leaves the form');
  await look(page, where);
  check(where, (await press('slow')) === first, 'a second press for the same sheet is another one');
  check(where, (await press('page')) === first, 'a print system that was slow is taken for sure');
  check(where, (await press('lost', 'Broken')) !== first, 'the press for another queue is the same');
  await form('Bob');
  const other = await press('lost');
  check(where, other !== first && other, 'the press for another patient is the same');
  await form('Ann');
  check(where, (await press('slow')) === first, 'a sheet that comes back is pressed for anew');
  check(where, (await press('refused')) === first, 'an answer in between made it another press');
  const anew = await press('refused');
  check(where, anew !== first, 'a sheet that was surely not printed keeps its press');
  await press('well');
  check(where, (await value(page, 'patient')) === '', 'a sheet that was printed stays in the form');
  await form('Ann');
  check(where, ![first, anew].includes(await press('well')), 'the next sheet of the same words is taken for the first');
  check(where, presses.every(Boolean), `a press without a number: ${presses}`);
  await page.context().close();
}

// The bar has more buttons here: they must fit on every screen.
async function screens() {
  for (const [name, options] of [
    ['tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true }],
    ['zoomed to 200', { viewport: { width: 683, height: 384 } }],
    ['phone', { viewport: { width: 360, height: 740 } }],
    ['dark', { colorScheme: 'dark' }],
  ]) {
    const page = await open(name, options);
    await page.click('.preset[value="neck-moderate"]');
    await page.waitForSelector('#preview svg.paper');
    await look(page, name);
    const outside = await page.$$eval('.bar button, .bar a, .top a, .top button', (all) => all.filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    }).map((one) => one.textContent));
    check(name, outside.length === 0, `outside the screen: ${outside.join(', ')}`);
    const covered = await page.evaluate(() => document.querySelector('.bar').getBoundingClientRect().height / innerHeight);
    check(name, covered < 0.45, `the bar takes ${Math.round(covered * 100)} % of the screen`);
    await page.context().close();
  }
}

async function language() {
  const where = 'language';
  const page = await open(where);
  await page.click('.preset[value="neck-moderate"]');
  await page.fill('#field-patient', 'Ann');
  await Promise.all([page.waitForNavigation(), page.click('.tongue [lang="fr"]')]);
  check(where, (await page.getAttribute('html', 'lang')) === 'fr', 'the page does not change its language');
  check(where, (await page.textContent('#print')).includes('Imprimer'), 'the words are not of the file');
  check(where, (await value(page, 'patient')) === 'Ann' && (await value(page, 'regions')) === 'neck', 'the choice loses the form');
  check(where, (await value(page, 'language')) === 'en', 'the sheet changes its language too');
  await look(page, where);
  await page.click('label:has([name="language"][value="fr"])');
  await page.waitForFunction(() => document.getElementById('preview').textContent.includes('mardi'));
  await page.goto(`${url}roster`);
  check(where, (await page.getAttribute('html', 'lang')) === 'fr', 'the other pages do not follow');
  await Promise.all([page.waitForNavigation(), page.click('.tongue [lang="en"]')]);
  check(where, (await page.getAttribute('html', 'lang')) === 'en' && page.url().endsWith('/roster'), 'the roster page does not change its language');
  await page.context().close();
}

async function upload(page, rows) {
  const roster = ['patient,regions', ...Array.from({ length: rows }, (_, row) => `Ann ${row},neck`)].join('\n');
  await page.setInputFiles('#file', { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) });
  await page.waitForFunction((rows) => document.querySelectorAll('.list tbody tr').length === rows, rows);
}

const said = (page, text) => page.waitForFunction((text) => document.getElementById('said').textContent.includes(text), text);
const ticked = (page) => page.locator('.list tbody input[type="checkbox"]:checked').count();

async function rosters() {
  const where = 'roster';
  const page = await open(where, { path: 'roster' });
  await upload(page, 60);
  await look(page, where);
  await page.evaluate(() => {
    window.told = [];
    const progress = document.getElementById('progress');
    new MutationObserver(() => window.told.push(progress.textContent)).observe(progress, { childList: true });
  });
  // However fast the machine is: the list goes to the program only when the page has said how far it is.
  await page.route('**/roster/progress/*', (route) => route.fulfill({ json: { made: 7, of: 60 } }));
  await page.route('**/roster.zip', async (route) => {
    await page.waitForFunction(() => document.getElementById('progress').textContent.startsWith('7 of 60')).catch(() => null);
    await route.continue();
  });
  const [kept] = await Promise.all([page.waitForEvent('download'), page.click('[formaction="/roster.zip"]')]);
  await page.unroute('**/roster.zip');
  await page.unroute('**/roster/progress/*');
  check(where, kept.suggestedFilename() === 'aftercare.zip', `the archive is called ${kept.suggestedFilename()}`);
  check(where, readFileSync(await kept.path()).subarray(0, 2).toString() === 'PK', 'the archive is none');
  const told = await page.evaluate(() => window.told);
  check(where, told.includes('7 of 60 rows made.'), `tells no progress: ${told.join(' | ')}`);
  await said(page, '60 sheets are with your downloads. All rows are done.');
  check(where, (await page.locator('.list .done').count()) === 60 && (await ticked(page)) === 0, 'what was saved is not marked');
  await look(page, `${where}, saved`);
  await upload(page, 3);
  await page.uncheck('[name="row.2"]');
  await page.click('#print');
  await page.waitForFunction(() => window.printed === 'application/pdf');
  await said(page, '2 sheets are open for printing. Still to do: row 2 Ann 1.');
  await page.check('[name="row.2"]');
  await page.click('.queue[value="Broken"]');
  await said(page, 'Out of paper.');
  check(where, (await ticked(page)) === 1, 'a queue that refuses takes the tick away');
  const [press] = await Promise.all([page.waitForRequest((one) => one.url().endsWith('/roster/print')), page.click('.queue[value="Front desk"]')]);
  check(where, /name="press"\r\n\r\n[0-9a-f]{32}/.test(press.postData()), 'a press has no number');
  await said(page, 'Front desk has the sheets. All rows are done.');
  await page.click('#clear');
  await page.clock.install();
  await page.reload();
  await upload(page, 2);
  await page.clock.fastForward(4 * 60 * 1000);
  await page.mouse.move(300, 300);
  await page.clock.fastForward(4 * 60 * 1000);
  check(where, (await page.locator('#table').count()) === 1, 'the table goes while somebody moves the mouse');
  await page.clock.fastForward(40 * 1000);
  check(where, (await page.textContent('#seconds')).endsWith(' s'), 'no countdown before the table goes');
  await page.mouse.move(310, 300);
  check(where, (await page.textContent('#seconds')) === '', 'the countdown goes on though somebody is there');
  await page.clock.fastForward(5 * 60 * 1000 + 1000);
  check(where, (await page.locator('#table').count()) === 0 && !(await page.content()).includes('Ann'), 'the table stays after five idle minutes');
  await page.context().close();
}

// Other browsers show the sheets in a tab; the table stays here too.
async function tabs() {
  const where = 'roster in tabs';
  const page = await open(where, { path: 'roster', script: () => { Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false }); } });
  await upload(page, 2);
  await page.uncheck('[name="row.1"]');
  await Promise.all([page.context().waitForEvent('page'), page.click('#print')]);
  await said(page, '1 sheet is open for printing. Still to do: row 1 Ann 0.');
  // Nothing is called printed of which no sheet came.
  await page.check('[name="row.1"]');
  await page.route('**/roster.pdf', (route) => route.fulfill({ status: 503, contentType: 'text/html', body: '<main><p>Too much at once.</p></main>' }));
  await page.click('#print');
  await said(page, 'Too much at once.');
  check(where, await page.isChecked('[name="row.1"]'), 'a row whose sheet did not come loses its tick');
  check(where, (await page.locator('.list .done').count()) === 1, 'a row whose sheet did not come is called printed');
  await page.context().close();
}

async function plainRoster() {
  const where = 'roster without scripts';
  const page = await open(where, { path: 'roster', javaScriptEnabled: false });
  await page.setInputFiles('#file', { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from('regions,patient\nneck,Ann\ncalf,Bob\nhipp,Cleo\n') });
  await page.click('#upload .primary');
  await page.waitForLoadState();
  const [kept] = await Promise.all([page.waitForEvent('download'), page.click('[formaction="/roster.zip"]')]);
  check(where, kept.suggestedFilename() === 'aftercare.zip', 'no archive comes');
  await page.uncheck('[name="row.2"]');
  await page.click('.queue[value="Front desk"]');
  await page.waitForLoadState();
  const told = await page.textContent('#said');
  check(where, told === 'Front desk has the sheets. Still to do: row 2 Bob, row 3 Cleo.', `a queue says “${told}”`);
  check(where, (await page.locator('.list .done').count()) === 1, 'what was printed is not marked');
  await page.fill('[name="cell.3.regions"]', 'hip');
  await page.check('[name="row.2"]');
  await page.click('.queue[value="Front desk"]');
  await page.waitForLoadState();
  check(where, (await page.textContent('#said')).includes('All rows are done.'), 'the mended row is not printed');
  await page.context().close();
}

const paths = { queues, unsure, screens, language, rosters, tabs, plainRoster };
await run(paths);
