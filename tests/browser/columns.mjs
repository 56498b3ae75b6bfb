// Somebody else's list on the roster page: which column is what is asked once, remembered without a patient's word, and saved
// as the file that the command line takes. Usage: node columns.mjs http://127.0.0.1:8017/ [FOLDER]
import { readFileSync } from 'node:fs';
import { check, look, open, run } from './page.mjs';

const LIST = `Appointments of the week;;;;;;;
Printed on:;03/12/2026;;;;;;
State;Phone;Surname;First Name;Date;Time;Body part;Born
Arrived;416 555 0101;Smith;Zoë;03/12/2026;9:00;neck;01/02/1980
Cancelled;416 555 0102;Jones;Al;03/12/2026;9:30;hip;03/04/1970
Arrived;416 555 0103;Lee;Bo;04/12/2026;3:30 PM;Lower back;05/06/1960
Arrived;416 555 0104;Bo;Ann;05/12/2026;10:00;sholder;07/08/1950
Total;4;;;;;;
`;
const file = (text, name = 'week.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const values = (page) => page.evaluate(() => [...new FormData(document.getElementById('mapping'))].filter(([, text]) => typeof text === 'string' && text).map((pair) => pair.join('=')));
const result = (page, text) => page.waitForFunction((text) => document.getElementById('result')?.textContent.includes(text), text);

async function asked() {
  const where = 'columns';
  const page = await open(where, { path: 'roster', complains: false });
  await page.setInputFiles('#file', file(LIST));
  await page.waitForSelector('#mapping');
  const guessed = await values(page);
  for (const one of ['column.regions=Body part', 'column.patient=First Name', 'column.patient=Surname', 'column.session_at=Date', 'column.session_at=Time', 'only.State=Arrived', 'only.State=Cancelled']) {
    check(where, guessed.includes(one), `does not guess ${one}: ${guessed}`);
  }
  check(where, (await page.textContent('#mapping .dates legend')).includes('03/12/2026'), 'does not ask how days are written');
  check(where, (await page.evaluate(() => document.activeElement.name)) === 'dates', 'the question is not in focus');
  await look(page, where);
  // By the keys alone: the order of days, then the word of rows that are not wanted.
  await page.keyboard.press('Space');
  await page.locator('[name="only.State"][value="Cancelled"]').focus();
  await page.keyboard.press('Space');
  const [kept] = await Promise.all([page.waitForEvent('download'), page.click('[formaction="/roster/columns.yaml"]')]);
  const yaml = readFileSync(await kept.path(), 'utf8');
  check(where, kept.suggestedFilename() === 'columns.yaml' && yaml.includes('patient: ["First Name", "Surname"]') && yaml.includes('dates: day-first') && yaml.includes('"State": ["Arrived"]'), `saves ${yaml}`);
  await page.locator('#use').focus();
  await page.keyboard.press('Enter');
  await result(page, '3 rows, 1 to mend.');
  const cells = await page.evaluate(() => document.querySelector('#table textarea[name="roster"]').value);
  check(where, cells.includes('Zoë Smith') && !/416|1980|Arrived|Cancelled|Jones/.test(cells), `keeps ${cells}`);
  check(where, (await page.textContent('.list tbody tr:nth-child(2)')).includes('3:30'), 'the day and its time are not one');
  check(where, (await page.textContent('#said')).includes('Rows that you left out: 2.'), 'does not say what was passed over');
  await look(page, `${where}, table`);
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  check(where, stored.includes('Body part') && !/Zo|Smith|neck|416|1980|03\/12/.test(stored), `the browser keeps ${stored}`);

  // The same kind of list again: no question.
  await page.setInputFiles('#file', file(LIST.replace('sholder', 'shoulder'), 'next.csv'));
  await result(page, '3 rows, none to mend.');
  check(where, (await page.textContent('#said')) === 'The columns are read as last time.' && (await page.isVisible('#other-columns')), 'does not say that it read the columns as last time');
  await page.click('#other-columns');
  await page.waitForSelector('#mapping');
  check(where, (await values(page)).includes('dates=day-first') && !(await page.isChecked('[name="only.State"][value="Cancelled"]')), 'asked anew, it forgets what was chosen');
  await page.check('[name="only.State"][value="Cancelled"]');
  await page.click('#use');
  await result(page, '4 rows, none to mend.');
  await page.click('#undo');
  await result(page, '3 rows');
  await page.click('#clear');
  check(where, !(await page.isVisible('#other-columns')), 'a list that was cleared can be read again');
  await page.context().close();
}

// A word that nobody has judged leaves no row out: it is asked about, and what was judged before stays judged.
async function words() {
  const where = 'columns with new words';
  const page = await open(where, { path: 'roster', complains: false });
  const rows = (...states) => `State;Client;Body part\n${states.map((state, at) => `${state};P${at};neck`).join('\n')}\n`;
  const ticked = (word) => page.isChecked(`[name="only.State"][value="${word}"]`);
  await page.setInputFiles('#file', file(rows('Arrived', 'Cancelled', 'Arrived', 'Cancelled')));
  await page.waitForSelector('#mapping');
  await page.uncheck('[name="only.State"][value="Cancelled"]');
  await page.click('#use');
  await result(page, '2 rows, all good.');
  // Without a word that is left out: it is read as last time.
  await page.setInputFiles('#file', file(rows('Arrived', 'Arrived', 'Arrived'), 'short.csv'));
  await result(page, '3 rows, all good.');
  await page.setInputFiles('#file', file(rows('Arrived', 'Late', 'Late', 'Cancelled', 'Arrived', 'Cancelled', '', ''), 'next.csv'));
  await page.waitForSelector('#mapping');
  check(where, await ticked('Late') && await ticked('') && await ticked('Arrived') && !(await ticked('Cancelled')), 'a new word is left out, or an old one is not');
  check(where, (await page.textContent('#mapping .only')).includes('(empty)'), 'an empty cell has no name');
  await look(page, where);
  await page.uncheck('[name="only.State"][value=""]');
  await page.click('#use');
  await result(page, '4 rows, all good.');
  check(where, (await page.textContent('#said')).includes('Rows that you left out: 4.'), 'does not say what was left out');
  // Now all of them are judged.
  await page.setInputFiles('#file', file(rows('Late', 'Arrived', 'Cancelled', 'Cancelled', 'Arrived', 'Late', 'Late'), 'last.csv'));
  await result(page, '5 rows, all good.');
  await page.context().close();
}

// A list of one day has times alone: its day is asked each time, and is the one that its title says, or today.
async function day() {
  const where = 'columns of one day';
  const page = await open(where, { path: 'roster', complains: false });
  const list = (title) => file(`${title}Time,Patient,Provider,Area\n9:30 AM,"Lee, Ann",Rachel,neck\n1:00 - 1:30 PM,"Bo, Al",Valerie,L knee\n`);
  await page.setInputFiles('#file', list('Day sheet,,,\nThursday 3 December 2026,,,\n'));
  await page.waitForSelector('#mapping');
  const guessed = await values(page);
  for (const one of ['column.session_at=Time', 'column.patient=Patient', 'column.therapist=Provider', 'day=2026-12-03', 'names=last-first']) {
    check(where, guessed.includes(one), `does not guess ${one}: ${guessed}`);
  }
  check(where, (await page.evaluate(() => document.activeElement.name)) === 'day', 'the day is not in focus');
  await look(page, where);
  await page.keyboard.press('Enter');
  await result(page, '2 rows, none to mend.');
  const cells = await page.evaluate(() => document.querySelector('#table textarea[name="roster"]').value);
  check(where, cells.includes('Ann Lee') && cells.includes('2026-12-03T13:00') && cells.includes('2026-12-03T09:30'), `keeps ${cells}`);
  await look(page, `${where}, table`);
  // The next list of the kind: all but the day is as last time, and the day is today.
  await page.setInputFiles('#file', list(''));
  await page.waitForSelector('#mapping');
  const today = await page.evaluate(() => document.querySelector('[name="day"]').value);
  check(where, today !== '2026-12-03' && /^\d{4}-\d\d-\d\d$/.test(today) && (await values(page)).includes('names=last-first'), `the next list has ${today}`);
  const [kept] = await Promise.all([page.waitForEvent('download'), page.click('[formaction="/roster/columns.yaml"]')]);
  const yaml = readFileSync(await kept.path(), 'utf8');
  check(where, yaml.includes('names: last-first') && !yaml.includes('day'), `a file of columns keeps ${yaml}`);
  check(where, !(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes('2026'), 'the browser keeps the day');
  await page.context().close();
}

// A list without areas is read all the same: they are chosen here, one for all rows where it is the same.
async function areas() {
  const where = 'columns without areas';
  const page = await open(where, { path: 'roster', complains: false });
  await page.setInputFiles('#file', file('Start At,Patient,Staff Member,Status\n2026-12-03 09:00,Ann Lee,Rachel,arrived\n2026-12-03 10:00,Al Bo,Rachel,arrived\n'));
  await page.waitForSelector('#mapping');
  check(where, (await page.textContent('#column-regions option:checked')).includes('row by row'), 'does not say where areas come from');
  await page.click('#use');
  await result(page, '2 rows, 2 to mend.');
  await page.fill('#cell-1-regions', 'neck');
  await page.check('[name="same.1.regions"]');
  await page.click('#again');
  await result(page, '2 rows, none to mend.');
  await page.context().close();
}

// Headings in a language of the program that the clinic does not offer.
async function tongues() {
  const where = 'columns in another language';
  const page = await open(where, { path: 'roster', complains: false });
  await page.setInputFiles('#file', file('DATE;HEURE;PRÉNOM;NOM DE FAMILLE;RÉGION TRAITÉE\n03/12/2026;9 h 30;Zoé;Côté;neck\n23/12/2026;10 h 30;Léo;Roy;hip\n'));
  await page.waitForSelector('#mapping');
  const guessed = await values(page);
  for (const one of ['regions=RÉGION TRAITÉE', 'patient=PRÉNOM', 'patient=NOM DE FAMILLE', 'session_at=DATE', 'session_at=HEURE']) {
    check(where, guessed.includes(`column.${one}`), `does not guess ${one}: ${guessed}`);
  }
  await page.context().close();
}

// Who has no scripts chooses the file once more.
async function plain() {
  const where = 'columns without scripts';
  const page = await open(where, { path: 'roster', javaScriptEnabled: false });
  await page.setInputFiles('#file', file(LIST));
  await page.click('#upload button[type="submit"]');
  await page.setInputFiles('#map-file', file(LIST));
  await page.check('[name="dates"][value="day-first"]');
  await page.click('#use');
  await page.locator('#result').filter({ hasText: '4 rows, 1 to mend' }).waitFor();
  await page.context().close();
}

// Areas of another list are no guess: it is asked, and nothing is read before.
async function phone() {
  const where = 'columns on a phone';
  const page = await open(where, { path: 'roster', viewport: { width: 360, height: 740 } });
  await page.setInputFiles('#file', file('Client,Where it hurt\nAnn,neck\nBo,hip\n'));
  await page.waitForSelector('#mapping');
  check(where, (await values(page)).includes('column.regions=Where it hurt'), 'does not know a column by what stands in it');
  await look(page, where);
  await page.click('#use');
  await result(page, '2 rows, all good.');
  await page.context().close();
}

// A roster to begin with comes in two forms, and the page reads what it gives.
async function samples() {
  const where = 'samples';
  const page = await open(where, { path: 'roster' });
  for (const name of ['aftercare-roster.xlsx', 'aftercare-roster.csv']) {
    const [kept] = await Promise.all([page.waitForEvent('download'), page.click(`[download="${name}"]`)]);
    await page.setInputFiles('#file', await kept.path().then((path) => ({ name, mimeType: '', buffer: readFileSync(path) })));
    await result(page, '2 rows, all good.');
  }
  await page.context().close();
}

// The first list is read for long: the one that was chosen after it is the one that counts, whatever comes of the first.
async function overtaken() {
  const where = 'a list that is overtaken';
  const page = await open(where, { path: 'roster', complains: false });
  const list = (name) => file(`id,regions,patient\n1,neck,${name}\n`, `${name}.csv`);
  const shown = (name) => page.waitForFunction((name) => document.querySelector('#table .list')?.textContent.includes(name), name);
  let late = 0;
  await page.route('**/roster', async (route) => {
    if (!route.request().postDataBuffer()?.includes('Slow')) return route.continue();
    await new Promise((done) => { setTimeout(done, 1500); });
    late += 1;
    return route.continue().catch(() => {});
  });
  for (const before of ['', 'Standing']) {
    if (before) {
      await page.setInputFiles('#file', list(before));
      await shown(before);
    }
    const count = late;
    await page.setInputFiles('#file', list('Slow'));
    await page.setInputFiles('#file', list('Last'));
    await shown('Last');
    while (late === count) await page.waitForTimeout(100);
    await page.waitForTimeout(300);
    const rows = await page.textContent('#table .list');
    check(where, rows.includes('Last') && !rows.includes('Slow'), `the list that was overtaken is there: ${rows}`);
    check(where, !(await page.textContent('#said')).includes('Checking'), 'it says that it is still reading');
  }
  // What stood before both comes back, not the one that nobody saw.
  await page.click('#undo');
  await shown('Standing');
  // A list that cannot be used, chosen while another one is read, takes nothing away.
  await page.setInputFiles('#file', list('Slow'));
  await page.setInputFiles('#file', { name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.waitForSelector('.notice.bad');
  await shown('Standing');
  await look(page, where);
  await page.context().close();
}

// A day sheet with its therapists and times above their patients, by the keys alone: each row has both, and it is told.
async function headings() {
  const where = 'columns with headings';
  const page = await open(where, { path: 'roster', complains: false });
  await page.setInputFiles('#file', file('Patient;Area\nTherapist: Dr. Rachel;\n9:00 AM;\nAnn;neck\nBo;hip\nTherapist: Valerie;\n1:30 PM;\nCy;calf\n'));
  await page.waitForSelector('#mapping');
  await page.locator('#use').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('#mapping [name="day"]');
  await page.locator('#use').focus();
  await page.keyboard.press('Enter');
  await result(page, '3 rows, all good.');
  const rows = await page.$$eval('.list tbody tr', (rows) => rows.map((row) => row.textContent));
  const has = ['Rachel', 'Rachel', 'Valerie'].every((name, at) => rows[at].includes(name)) && rows[0].includes('9\u00a0am') && rows[2].includes('1:30\u00a0pm');
  check(where, has, `the table says ${rows.join(' / ')}`);
  const told = await page.textContent('#said');
  check(where, told.includes('Lines 2, 6 name a therapist each') && told.includes('Lines 3, 7 say a time each'), `it says ${told}`);
  await look(page, where);
  await page.context().close();
}

await run({ asked, words, day, headings, areas, tongues, plain, phone, samples, overtaken });
