// Many sheets. A dropped or chosen file is checked at once. Every answer is put into this page, so that no page with a
// table stands in the browser's history: Back and Reload find none, and ask before they leave one. What was printed stays
// in the table with its mark, until it is cleared or nobody has touched the page for five minutes. Without this file every
// button works by itself.

import { watchIdle } from './idle.js';
import { keep, numbered, printsInPlace, PRINTER, sendTo } from './printing.js';
import { help } from './cells.js';
import { chosen, recall, remember } from './columns.js';

const GLANCE = 150;
// Rows that a sentence names, as in the program.
const NAMED = 10;
const find = (id) => document.getElementById(id);
const words = () => find('many').dataset;
const table = () => find('table');

let busy = false;
// What the program was asked last.
let asking = null;
let leaving = false;
// A table that was cleared, or made way for another; it can come back as long as it is here.
let held = null;
// The list whose columns are chosen: its file, and whether they were found as last time. Nothing of it is read here.
let list = null;
// Browsers that keep PDFs in place of showing them, or let no page print what they show, get the sheets in a tab.
let inTabs = !navigator.pdfViewerEnabled;

document.body.classList.add('scripted');

function say(text) {
  find('said').textContent = text;
  find('undo').hidden = !held;
}

// Rows with cells that were changed since they were checked. The mark is on the cell, so that it goes where the table goes.
const changed = () => [...new Set([...table().querySelectorAll('[data-changed]')].map((one) => one.dataset.changed))];

// What the program answers

async function page(answer) {
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

// Puts another page of this kind into this one; any other page has a sentence to say.
function show(answer, other, sent) {
  if (!other.getElementById('many')) {
    say(answer.status === 401 ? words().locked : other.querySelector('main p')?.textContent ?? words().offline);
    return false;
  }
  const faults = other.querySelector('.notice.bad');
  if (faults && table()) {
    // A file that cannot be used takes no table away.
    document.querySelector('.notice.bad')?.remove();
    table().before(faults);
    faults.scrollIntoView({ block: 'center' });
    say('');
    return false;
  }
  document.documentElement.lang = other.documentElement.lang;
  document.title = other.title;
  document.body.replaceChildren(...other.body.childNodes);
  if (table() && sent) remember(sent);
  begin();
  return true;
}

// `overtakes`: a list that was chosen later is the one that is meant; what the program still does for an earlier one counts for
// nothing. The answer is then `null`.
async function ask(body, sent, overtakes = false) {
  if (busy && !overtakes) return false;
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  busy = true;
  say(words().checking);
  // What is typed meanwhile would go with the table that makes way.
  const [asked, at] = [table(), document.activeElement];
  if (asked) asked.inert = true;
  let answer;
  let other;
  try {
    answer = await fetch('/roster', { method: 'POST', body, signal: mine.signal });
    other = await page(answer);
  } catch {
    if (asking === mine) say(words().offline);
  }
  if (asking !== mine) return null;
  asking = null;
  busy = false;
  if (asked) asked.inert = false;
  if (asked?.contains(at)) at.focus();
  return other ? show(answer, other, sent) : false;
}

// The list with the columns that were chosen.
function withColumns(fields) {
  const body = new FormData();
  body.append('roster', list.file);
  for (const [name, text] of fields) body.append(name, text);
  list.isSent = true;
  return ask(body, fields);
}

// The step in which columns are chosen. What was chosen the last time for such a list is chosen again; who wants it
// otherwise is asked.
async function chooseColumns() {
  const form = find('mapping');
  find('once-more').remove();
  // What was just sent comes back as it was.
  const known = !list.isSent && recall(form);
  if (known && !list.isAsked && form.checkValidity()) {
    list.isAsked = true;
    if (await withColumns(chosen(form)) && table()) say(words().remembered);
    return;
  }
  list.isAsked = true;
  (document.querySelector('#mapping .dates input') ?? document.querySelector('#mapping select'))?.focus();
}

async function otherColumns() {
  const body = new FormData();
  body.append('roster', list.file);
  body.append('columns', 'ask');
  list.isSent = false;
  const [before, had] = [table(), held];
  held = before ?? held;
  if (!await ask(body)) held = had;
  find('undo').hidden = !held;
}

// Where somebody goes on: at the first fault, or at what was found.
function begin() {
  find('undo').hidden = !held;
  if (find('mapping') && list) chooseColumns();
  find('other-columns').hidden = !(table() && list?.isAsked);
  if (!table()) return;
  find('all').hidden = false;
  for (const control of document.querySelectorAll('.mend [aria-invalid="true"]')) help(control);
  label();
  (document.querySelector('.mend [aria-invalid="true"]') ?? find('result')).focus();
}

// What a list that cannot be used gives back; the same for all that were chosen before an answer came.
let had = null;

async function upload() {
  // Sheets are being made: their table stays.
  if (busy && !asking) {
    find('upload').reset();
    say(words().checking);
    return;
  }
  const before = table();
  had ??= [held, list];
  if (before) held = before;
  list = { file: find('file').files[0], isAsked: false, isSent: false };
  const isShown = await ask(new FormData(find('upload')), undefined, true);
  if (isShown === null) return;
  if (!isShown) [held, list] = had;
  had = null;
  find('undo').hidden = !held;
  find('upload')?.reset();
}

// The rows

const ticks = () => [...document.querySelectorAll('.list input[type="checkbox"][name^="row."]')];
const rowOf = (control) => control.closest('tr').dataset.row;
const isDone = (row) => row.querySelector('input[name^="done."]') !== null;

function label() {
  const all = ticks();
  const ticked = all.filter((one) => one.checked).length;
  Object.assign(find('all'), { checked: ticked > 0 && ticked === all.length, indeterminate: ticked > 0 && ticked < all.length });
  if (find('print')) find('print').textContent = ticked === 0 ? words().printNone : counted('print', ticked, '{good}');
}

function counted(name, count, place) {
  return count === 1 ? words()[`${name}One`] : words()[name].replace(place, count);
}

function left() {
  const rows = [...document.querySelectorAll('.list tbody tr')].filter((row) => !isDone(row) && !row.classList.contains('is-out'));
  if (!rows.length) return words().allDone;
  const named = rows.slice(0, NAMED).map((row) => words().leftRow.replace('{row}', row.dataset.row).replace('{name}', () => row.dataset.name).trim());
  const text = rows.length > NAMED ? words().leftMore.replace('{more}', rows.length - NAMED) : words().left;
  return text.replace('{rows}', () => named.join(', '));
}

// Those rows were made: they stay, without their tick.
function ended(rows, kind, text) {
  for (const number of rows) {
    const row = document.querySelector(`.list tr[data-row="${number}"]`);
    if (!row) continue;
    const tick = row.querySelector('input[type="checkbox"]');
    if (tick) tick.checked = false;
    row.querySelector('input[name^="done."]')?.remove();
    row.querySelector('.tick').append(Object.assign(document.createElement('input'), { type: 'hidden', name: `done.${number}`, value: kind }));
    row.querySelector('.done')?.remove();
    row.querySelector('.remarks').prepend(Object.assign(document.createElement('p'), { className: 'done', textContent: kind === 'saved' ? words().doneSaved : words().donePrinted }));
    row.classList.add('is-done');
  }
  label();
  say([text, left()].join(' '));
  find('said').focus({ preventScroll: true });
}

// How far it is: the program tells under a name that this page makes up, for as long as the work lasts.
function watched() {
  const name = numbered();
  const [progress, bar] = [find('progress'), find('made')];
  progress.textContent = words().busy;
  bar.removeAttribute('value');
  bar.hidden = false;
  const timer = setInterval(async () => {
    const answer = await fetch(`/roster/progress/${name}`).catch(() => null);
    if (answer?.status !== 200 || bar.hidden) return;
    const { made, of } = await answer.json();
    if (!of) return;
    [bar.value, bar.max] = [made, of];
    progress.textContent = words().progress.replace('{made}', made).replace('{rows}', of);
  }, GLANCE);
  return { name, end: () => { clearInterval(timer); bar.hidden = true; progress.textContent = ''; } };
}

// Cells that were changed are checked first, so that what prints is what the list shows. A row that is still wrong is
// looked at before anything prints. The button is another one then.
async function settled(button) {
  const rows = changed();
  if (!rows.length) return button;
  if (!await ask(new FormData(table()))) return null;
  const isWrong = (row) => document.querySelector(`.list tr[data-row="${row}"]`)?.classList.contains('is-faulty');
  if (rows.some(isWrong)) {
    say(find('result').textContent);
    return null;
  }
  const same = (one) => one.getAttribute('formaction') === button.getAttribute('formaction') && one.value === button.value;
  return [...table().querySelectorAll('.actions button')].find(same) ?? null;
}

async function made(pressed) {
  const button = await settled(pressed);
  if (!button || busy) return;
  const rows = ticks().filter((one) => one.checked).map(rowOf);
  if (!rows.length) {
    say(words().noneTicked);
    ticks()[0]?.focus();
    return;
  }
  busy = true;
  say('');
  const job = watched();
  table().inert = true;
  try {
    if (button.id === 'print') await print(rows, job);
    else await fetched(button, rows, job);
  } catch {
    say(button.name === 'printer' ? words().unsure : words().offline);
  } finally {
    job.end();
    busy = false;
    if (table()) table().inert = false;
  }
}

async function print(rows, job) {
  const done = (rows) => ended(rows, 'printed', counted('printed', rows.length, '{count}'));
  if (!inTabs && await printsInPlace(table(), words().sheet, '/roster.pdf', { job: job.name })) return done(rows);
  // A row was refused after all, nobody answers, or this browser lets no page print what it shows. Only rows of which
  // the sheets have come are called printed.
  const body = new FormData(table());
  body.set('job', job.name);
  const answer = await fetch('/roster.pdf', { method: 'POST', body });
  if (answer.headers.get('content-type') !== 'application/pdf') return show(answer, await page(answer));
  inTabs = true;
  sendTo(table(), '_blank', '/roster.pdf');
  done(madeRows(answer));
}

// A press has a number. Who presses again for the same rows, because nobody knows how the first one ended, presses the same:
// it is answered, and not printed twice.
let unsure = null;

// The rows whose sheets an answer holds.
const madeRows = (answer) => (answer.headers.get('aftercare-rows') ?? '').split(',').filter(Boolean);

// An archive to keep, or a sentence on what the printer did.
async function fetched(button, rows, job) {
  const body = new FormData(table(), button);
  const asked = `${button.value} ${rows}`;
  const press = unsure?.asked === asked ? unsure.press : numbered();
  for (const [name, value] of Object.entries({ job: job.name, as: 'sentence', press })) body.set(name, value);
  if (button.name === 'printer') {
    unsure = { asked, press };
    say(words().sending);
  }
  const answer = await fetch(button.formAction, { method: 'POST', body });
  const kind = answer.headers.get('content-type') ?? '';
  const made = madeRows(answer);
  if (kind.startsWith('application/zip')) {
    keep(await answer.blob(), 'aftercare.zip');
    ended(made, 'saved', counted('saved', made.length, '{count}'));
  } else if (kind.startsWith('text/plain')) {
    // Every answer in words is sure, but for that of a print system that was too slow.
    if (answer.status !== 504) unsure = null;
    const text = await answer.text();
    if (answer.ok) ended(made, 'printed', text);
    else say(text);
  } else {
    const other = await page(answer);
    // A page that is not the table's says nothing of what the printer has.
    if (button.name === 'printer' && answer.status !== 401 && !other.getElementById('many')) return say(words().unsure);
    unsure = null;
    show(answer, other);
  }
}

// Clearing, and bringing back

function clear(text, forGood = false) {
  if (table()) held = table();
  if (forGood) held = null;
  list = null;
  find('other-columns').hidden = true;
  find('mapping')?.remove();
  table()?.remove();
  find(PRINTER)?.remove();
  document.querySelector('.notice.bad')?.remove();
  say(text);
  find('said').focus();
}

function bringBack() {
  const [back, now] = [held, table()];
  held = now;
  find('mapping')?.remove();
  find('other-columns').hidden = true;
  if (now) now.replaceWith(back);
  else find('many').append(back);
  say('');
  label();
  find('result').focus();
}

// What people do

document.addEventListener('change', ({ target }) => {
  if (target.id === 'file' && target.files.length) upload();
  if (target.id === 'all') for (const one of ticks()) one.checked = target.checked;
  if (target.closest('.list')) label();
});
document.addEventListener('input', ({ target }) => {
  const row = /^(?:cell|right|same)\.(\d+)/.exec(target.name ?? '')?.[1];
  if (row) target.dataset.changed = row;
});
document.addEventListener('focusin', ({ target }) => { if (target.matches('.mend input, .mend textarea')) help(target); });
for (const kind of ['dragover', 'drop']) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    if (kind !== 'drop' || !event.dataTransfer.files.length) return;
    find('file').files = event.dataTransfer.files;
    upload();
  });
}
document.addEventListener('dragenter', () => find('upload').classList.add('over'));
document.addEventListener('drop', () => find('upload').classList.remove('over'));

document.addEventListener('submit', async (event) => {
  const button = event.submitter;
  if (event.target.id === 'upload') {
    event.preventDefault();
    upload();
  } else if (event.target.id === 'mapping' && list) {
    event.preventDefault();
    const fields = chosen(event.target);
    if (!button?.formAction.endsWith('columns.yaml')) withColumns(fields);
    else {
      const body = new FormData();
      for (const [name, text] of fields) body.append(name, text);
      const answer = await fetch(button.formAction, { method: 'POST', body }).catch(() => null);
      if (answer?.ok) keep(await answer.blob(), 'columns.yaml');
      else say(words().offline);
    }
  } else if (event.target.id === 'table' && button?.name !== 'only') {
    event.preventDefault();
    const action = button?.getAttribute('formaction');
    if (action && action !== '/roster') return made(button);
    const opened = button?.name === 'open' ? button.value : null;
    if (await ask(new FormData(table(), button)) && opened) find(`mend-${opened}`)?.querySelector('.cells input, .cells textarea').focus();
  }
});
document.addEventListener('click', (event) => {
  if (event.target.id === 'undo') bringBack();
  if (event.target.id === 'other-columns') otherColumns();
  // Without a table its form, which these buttons send, is gone.
  const tongue = event.target.closest('.tongue button[form="table"]');
  if (tongue && !table()) {
    const body = new URLSearchParams({ page_language: tongue.value, back: '/roster' });
    fetch('/language', { method: 'POST', body }).then(() => location.assign('/roster'), () => say(words().offline));
  }
  if (event.target.closest('#clear')) {
    event.preventDefault();
    clear(words().cleared);
  }
});

window.addEventListener('beforeunload', (event) => { if (table() && !leaving) event.preventDefault(); });
// A page that the browser kept shows no table that somebody has left.
window.addEventListener('pageshow', (event) => {
  if (!event.persisted || !(table() || held)) return;
  leaving = true;
  location.replace('/roster');
});
// The print window gives the focus back to the frame that it printed.
window.addEventListener('focus', () => setTimeout(() => { if (document.activeElement?.id === PRINTER) find('said').focus({ preventScroll: true }); }, 0));

let interrupted = '';
watchIdle({
  isBlank: () => !table() && !find('mapping'),
  soon: () => {
    interrupted = find('said').textContent;
    say(words().soon);
  },
  back: () => say(interrupted),
  count: (seconds) => { find('seconds').textContent = seconds === null ? '' : words().seconds.replace('{seconds}', seconds); },
  end: () => {
    if (table() || find('mapping')) clear(words().idle, true);
    else if (held) {
      held = null;
      say('');
    }
  },
});
begin();
