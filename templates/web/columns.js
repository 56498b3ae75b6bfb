// Which column of somebody else's list is what. The browser remembers the choice: names of columns, and words by which rows
// are wanted or left out, nothing else of a list. A list with all of these columns is read as last time. A word that nobody
// has judged leaves no row out: it is asked about, and so is a column that was not there and that the page takes for something.

const KEY = 'aftercare-columns-seen';
// Those of before: without the words that are left out; and with words that may have been names, without the columns that were there.
for (const old of ['aftercare-columns', 'aftercare-columns-judged']) {
  try { localStorage.removeItem(old); } catch { /* There is none. */ }
}
// Lists of so many kinds.
const MOST = 8;
// Words of earlier lists that are kept with one.
const MOST_WORDS = 64;

function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter(Array.isArray) : [];
  } catch {
    return [];
  }
}

// What the step says, as names and texts of its fields; with them `not.`, the words that are left out, and in `shown` all
// words that were there to be judged.
export function chosen(form) {
  const fields = [...new FormData(form)].filter(([name, text]) => typeof text === 'string' && (text || name.startsWith('only.')));
  const boxes = [...form.querySelectorAll('[type="checkbox"][name^="only."]')];
  // Words of a column by which nobody chooses rows are the list's own, and stay there.
  const isUsed = (name) => boxes.some((box) => !box.checked && box.name === name.replace(/^words\./, 'only.'));
  const isChosen = ([name]) => ['dates', 'day', 'names'].includes(name) || name.startsWith('column.') || (/^(only|words)\./.test(name) && isUsed(name));
  const left = boxes.filter((box) => !box.checked).map((box) => [box.name.replace('only.', 'not.'), box.value]);
  const seen = [...offered(form)].map((column) => ['seen', column]);
  return Object.assign([...fields.filter(isChosen), ...left], { seen, shown: boxes.map((box) => judged([box.name, box.value])) });
}

// The columns that there are to choose from.
const offered = (form) => new Set([...form.querySelectorAll('option')].map((option) => option.value).filter((column) => column));

// A word of a column, wanted or not.
const judged = ([name, word]) => `${name.replace(/^(only|not)\./, '')}\n${word}`;
const isWord = ([name]) => /^(only|not)\./.test(name);

const columnsOf = (fields) => fields.filter(([name]) => name.startsWith('column.')).map(([, column]) => column);
const named = (fields) => JSON.stringify(columnsOf(fields).sort());

// The day is the list's own, and is asked for each.
export function remember(sent) {
  const fields = Object.assign([...sent.filter(([name]) => name !== 'day'), ...(sent.seen ?? [])], { shown: sent.shown });
  const others = all().filter((one) => named(one) !== named(fields));
  // Words that this list does not have are judged still.
  const before = all().find((one) => named(one) === named(fields)) ?? [];
  const gone = before.filter((field) => isWord(field) && !fields.shown?.includes(judged(field))).slice(0, MOST_WORDS);
  try { localStorage.setItem(KEY, JSON.stringify([[...fields, ...gone], ...others].slice(0, MOST))); } catch { /* It is asked again. */ }
}

// Fills the step in as it was the last time for a list with these columns; whether there was one, and it leaves nothing open.
export function recall(form) {
  const there = offered(form);
  const isFor = (fields) => columnsOf(fields).length && columnsOf(fields).every((column) => there.has(column));
  const fields = all().find(isFor);
  if (!fields) return false;
  const of = (name) => fields.filter(([field]) => field === name).map(([, text]) => text);
  const seen = of('seen');
  let isOpen = false;
  for (const select of form.querySelectorAll('select')) {
    const same = [...form.querySelectorAll('select')].filter((one) => one.name === select.name);
    const kept = of(select.name)[same.indexOf(select)] ?? '';
    // What the page takes a new column for is kept where nothing else was chosen, and shown.
    const isNew = select.value && !seen.includes(select.value) && !of(select.name).includes(select.value);
    isOpen ||= Boolean(isNew);
    if (!isNew || kept) select.value = kept;
  }
  for (const box of form.querySelectorAll('[name="names"]')) box.checked = of('names').length > 0;
  for (const box of form.querySelectorAll('[type="checkbox"][name^="only."]')) {
    const [wanted, left] = [of(box.name), of(box.name.replace('only.', 'not.'))];
    box.checked = !left.includes(box.value);
    isOpen ||= wanted.length > 0 && box.checked && !wanted.includes(box.value);
  }
  for (const radio of form.querySelectorAll('[name="dates"]')) radio.checked = of('dates').includes(radio.value);
  return !isOpen && !form.querySelector('[name="day"]');
}
