// From the form to paper or a file. The form stays until it is known that the sheet was made, and one press makes one.

import { clear, say } from './held.js';
import { firstLacking, everything, form, same, values } from './fields.js';
import { changed, missing, problems, refuse, settled } from './live.js';
import { copied } from './note.js';
import { keep, numbered, printsInPlace, PRINTER, sendTo } from './printing.js';

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
    else if (button?.name === 'printer') await send(button);
    else if (button?.value === 'download') await save(button);
    else await print();
  } finally {
    busy = false;
  }
}

// Only what was printed goes; who typed meanwhile goes on.
function printed(before, text) {
  made(before);
  if (same(before, everything())) clear(text);
  else say(form.dataset.printedChanged);
  parkFocus();
}

// The next patient starts at the top, with the number keys.
let parked = false;
export const isParked = () => parked;
export function parkFocus() {
  window.scrollTo(0, 0);
  const first = document.querySelector('.preset') ?? document.getElementById('print');
  first.focus({ preventScroll: true });
  parked = true;
}
for (const kind of ['keydown', 'pointerdown']) {
  document.addEventListener(kind, (event) => { if (event.key !== 'Enter') setTimeout(() => { parked = false; }, 0); }, true);
}
// The print window gives the focus back to the frame that it printed.
window.addEventListener('focus', () => setTimeout(() => { if (document.activeElement?.id === PRINTER) parkFocus(); }, 0));

// A press has a number. Who presses again for the same sheet, because nobody knows how the first one ended, presses the
// same: it is answered, and not printed twice.
let unsure = null;

function pressed(printer, before) {
  return unsure?.printer === printer && same(unsure.before, before) ? unsure.press : numbered();
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
async function send(button) {
  const before = everything();
  const press = pressed(button.value, before);
  const body = fields(button);
  body.set('as', 'sentence');
  body.set('press', press);
  unsure = { printer: button.value, before, press };
  say(form.dataset.sending, 'no');
  try {
    const answer = await fetch(button.formAction, { method: 'POST', body });
    const told = answer.headers.get('content-type')?.startsWith('text/plain');
    // Every answer in words is sure, but for that of a print system that was too slow; so is a form that is refused.
    if ((told && answer.status !== 504) || answer.status === 422) unsure = null;
    if (answer.ok && told) printed(before, await answer.text());
    else if (told) say(await answer.text(), 'no');
    else if (answer.status === 422) unmade(answer);
    else say(form.dataset.unsure, 'no');
  } catch {
    say(form.dataset.unsure, 'no');
  }
}

// A file for the folder of downloads: the page stays where it is, also when nobody answers.
async function save(button) {
  const before = everything();
  say(form.dataset.making, 'no');
  try {
    const answer = await fetch(button.getAttribute('formaction') ?? form.action, { method: 'POST', body: fields(button) });
    if (!answer.ok) return unmade(answer);
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition'))?.[1];
    keep(await answer.blob(), name);
    made(before);
    say(form.dataset.saved.replace('{name}', name));
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
  const before = everything();
  say(form.dataset.making, 'no');
  if (!inTabs && await printsInPlace(form, form.dataset.sheet, '/sheet.pdf')) {
    printed(before, form.dataset.printed);
    return;
  }
  if (!inTabs) {
    // Nobody answers, or this browser lets no page print what it shows.
    const answer = await fetch('/sheet.pdf', { method: 'POST', body: fields() }).catch(() => null);
    if (!answer?.ok) return unmade(answer);
    inTabs = true;
  }
  sendTo(form, '_blank', '/sheet.pdf');
  printed(before, form.dataset.printed);
}
