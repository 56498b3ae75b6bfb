// Which column of somebody else's list is what. The browser remembers the choice: names of columns, and words by which rows
// are wanted, nothing else of a list. A list with all of these columns is read as last time.

const KEY = 'aftercare-columns';
// Lists of so many kinds.
const MOST = 8;

function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter(Array.isArray) : [];
  } catch {
    return [];
  }
}

// What the step says, as names and texts of its fields.
export function chosen(form) {
  const fields = [...new FormData(form)].filter(([name, text]) => typeof text === 'string' && text);
  // Words of a column by which nobody chooses rows are the list's own, and stay there.
  const isUsed = (name) => form.querySelector(`[name="${CSS.escape(name.replace('words.', 'only.'))}"]:not(:checked)`);
  const isChosen = ([name]) => name === 'dates' || name.startsWith('column.') || (/^(only|words)\./.test(name) && isUsed(name));
  return fields.filter(isChosen);
}

const columnsOf = (fields) => fields.filter(([name]) => name.startsWith('column.')).map(([, column]) => column);
const named = (fields) => JSON.stringify(columnsOf(fields).sort());

export function remember(fields) {
  const others = all().filter((one) => named(one) !== named(fields));
  try { localStorage.setItem(KEY, JSON.stringify([fields, ...others].slice(0, MOST))); } catch { /* It is asked again. */ }
}

// Fills the step in as it was the last time for a list with these columns; whether there was one.
export function recall(form) {
  const offered = new Set([...form.querySelectorAll('option')].map((option) => option.value));
  const isFor = (fields) => columnsOf(fields).length && columnsOf(fields).every((column) => offered.has(column));
  const fields = all().find(isFor);
  if (!fields) return false;
  const of = (name) => fields.filter(([field]) => field === name).map(([, text]) => text);
  for (const select of form.querySelectorAll('select')) {
    const same = [...form.querySelectorAll('select')].filter((one) => one.name === select.name);
    select.value = of(select.name)[same.indexOf(select)] ?? '';
  }
  for (const box of form.querySelectorAll('[type="checkbox"]')) {
    const words = of(box.name);
    if (words.length && words.length !== Number(of(box.name.replace('only.', 'words.'))[0])) box.checked = words.includes(box.value);
  }
  for (const radio of form.querySelectorAll('[name="dates"]')) radio.checked = of('dates').includes(radio.value);
  return true;
}
