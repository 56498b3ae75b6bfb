// From the form to paper or a file. The form stays until it is known that the sheet was made, and one press makes one.

import { clear, say } from './held.js';
import { countBeside, firstLacking, everything, form, same, snapshot } from './fields.js';
import { changed, missing, problems, refuse, settled } from './live.js';
import { copied } from './note.js';
import { formOf, keep, numbered, printsInPlace, PRINTER, sendTo } from './printing.js';

let busy = false;
// Browsers that keep PDFs in place of showing them, or let no page print what they show, get the sheet in a tab.
let inTabs = !navigator.pdfViewerEnabled;
let made = () => {};

// `whenMade`: what the page does for the next patient.
export function sheets(whenMade) {
  made = whenMade;
}

const fields = (button) => new URLSearchParams(new FormData(form, button));

export async function submitted(event) {
  const button = event.submitter;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    if (button?.id === 'copy-note') await copied(noted(button));
    else if (firstLacking()) refuse();
    else if (!await settled(true)) return;
    else if (problems().length) refuse();
    else if (button?.name === 'printer') await send(button.value);
    else if (button?.value === 'download') await save(button);
    else await print();
  } finally {
    busy = false;
  }
}

// Only what was printed goes; who typed meanwhile goes on.
function printed({ before, sheet }, text) {
  made(sheet);
  if (same(before, everything())) clear(text);
  else say(form.dataset.printedChanged);
  form.dispatchEvent(new CustomEvent('printed'));
  parkFocus();
}

// The form as it is when the button is pressed.
const pressedNow = () => ({ before: everything(), sheet: snapshot() });

// The next patient starts at the top, with the number keys.
let parked = null;
export const isParked = () => parked !== null && document.activeElement === parked;
export function parkFocus() {
  window.scrollTo(0, 0);
  const first = document.querySelector('.preset') ?? document.getElementById('print');
  first.focus({ preventScroll: true });
  parked = first;
}
for (const kind of ['keydown', 'pointerdown']) {
  document.addEventListener(kind, (event) => { if (event.key !== 'Enter') setTimeout(() => { parked = null; }, 0); }, true);
}
// The print window gives the focus back to the frame that it printed.
window.addEventListener('focus', () => setTimeout(() => { if (document.activeElement?.id === PRINTER) parkFocus(); }, 0));

// A press has a number. Who presses again for the same sheet, because nobody knows how the first one ended, presses the
// same: it is answered, and not printed twice. Not for longer than the program remembers presses.
const REMEMBERED = 10 * 60 * 1000;
let unsure = [];

function pressed(printer, before) {
  unsure = unsure.filter((one) => Date.now() - one.at < REMEMBERED);
  const known = unsure.find((one) => one.printer === printer && same(one.before, before));
  if (known) return known.press;
  const press = numbered();
  unsure.push({ printer, before, press, at: Date.now() });
  return press;
}

// The note for the chart. The form stays: it is copied before or after the sheet is printed.
async function noted(button) {
  if (firstLacking()) refuse();
  else if (await settled(true)) {
    if (problems().length) refuse();
    else {
      const answer = await fetch(button.getAttribute('formaction'), { method: 'POST', body: fields(button) }).catch(() => null);
      if (answer?.ok) return answer.text();
      unmade(answer);
    }
  }
  throw new Error('no note');
}

// Through a queue of the machine; the answer says how it went.
async function send(printer) {
  const now = pressedNow();
  now.sheet.printer = printer;
  now.sheet.press = pressed(printer, now.before);
  const told = await handedOver(now.sheet, unmade);
  if (told !== null) printed(now, told);
}

function isSure(sheet) {
  unsure = unsure.filter((one) => one.press !== sheet.press);
  delete sheet.press;
}

// What the print system says of a sheet that it took; of one that it did not the page says so itself. `refused`: there is
// no sheet.
async function handedOver(sheet, refused) {
  sheet.press ??= numbered();
  const body = new URLSearchParams(sheet.pairs);
  for (const [name, value] of Object.entries({ printer: sheet.printer, as: 'sentence', press: sheet.press })) body.set(name, value);
  say(form.dataset.sending, 'no');
  try {
    const answer = await fetch('/print', { method: 'POST', body });
    const told = answer.headers.get('content-type')?.startsWith('text/plain');
    // Every answer in words is sure, but for that of a print system that was too slow; so is a form that is refused.
    if ((told && answer.status !== 504) || answer.status === 422) isSure(sheet);
    if (answer.ok && told) return await answer.text();
    if (told) say(await answer.text(), 'no');
    else if (answer.status === 422) refused(answer);
    else say(form.dataset.unsure, 'no');
  } catch {
    say(form.dataset.unsure, 'no');
  }
  return null;
}

// A file for the folder of downloads: the page stays where it is, also when nobody answers.
async function save(button) {
  const { sheet } = pressedNow();
  say(form.dataset.making, 'no');
  try {
    const answer = await fetch(button.getAttribute('formaction') ?? form.action, { method: 'POST', body: fields(button) });
    if (!answer.ok) return unmade(answer);
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition'))?.[1];
    keep(await answer.blob(), name);
    made(sheet);
    const alone = name.endsWith('.html') && countBeside();
    say(form.dataset[alone ? 'savedOne' : 'saved'].replace('{name}', name));
  } catch {
    missing();
  }
}

// Why there is none stands at the fields, or nobody answers.
function unmade(answer) {
  say('');
  if (answer?.status === 422) changed();
  else missing(answer?.status === 401);
}

async function print() {
  const now = pressedNow();
  if (await opens(now.sheet, unmade)) printed(now, form.dataset.printed);
}

// Whether the print window opens, or a tab with the sheet. `refused`: there is no sheet.
async function opens(sheet, refused) {
  say(form.dataset.making, 'no');
  const one = formOf(sheet.pairs);
  try {
    if (!inTabs && await printsInPlace(one, form.dataset.sheet, '/sheet.pdf')) return true;
    if (!inTabs) {
      // Nobody answers, or this browser lets no page print what it shows.
      const answer = await fetch('/sheet.pdf', { method: 'POST', body: new URLSearchParams(sheet.pairs) }).catch(() => null);
      if (!answer?.ok) {
        refused(answer);
        return false;
      }
      inTabs = true;
    }
    sendTo(one, '_blank', '/sheet.pdf');
    return true;
  } finally {
    one.remove();
  }
}

// A sheet of before once more, the way it went then; whether it did. The form stays as it is, and says nothing of why there
// is none.
export async function printAgain(sheet, isRefused) {
  if (busy) return false;
  busy = true;
  try {
    const refused = (answer) => (answer?.status === 422 ? isRefused() : unmade(answer));
    if (!sheet.printer) return await opens(sheet, refused);
    const told = await handedOver(sheet, refused);
    if (told !== null) say(told);
    return false;
  } finally {
    busy = false;
  }
}
