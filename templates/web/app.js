// The clinician's page: what people do with the form. Without scripts the form works by itself; with them nothing of a
// patient is kept beyond this page's memory. Only the therapist's name is remembered on this machine, and when.

import { areKept, keepSheets, packed, remember as rememberSheet } from './again.js';
import { arrange } from './exercises.js';
import { LIBRARIES, begin, chosenPreset, controls, everything, fieldsOf, form, halfFilled, isBlank, mark, mendYear, order, put, sessionIsNow, values } from './fields.js';
import { bringBack, changedByHand, clear, isWaiting, say, startedAnew } from './held.js';
import { changed, count, dropSheet, enlarged, isThere, missing, settle, settled } from './live.js';
import { dropNote } from './note.js';
import { isParked, sheets, submitted } from './print.js';
import { sendTo } from './printing.js';

const THERAPIST = 'aftercare.therapist';
// A shared desk is somebody else's after that.
const SHIFT = 4 * 60 * 60 * 1000;
const TEXT = 'input[type="text"], input[type="search"], input[type="number"], input[type="datetime-local"]';
const lastButton = document.getElementById('last');
// Buttons that ask for the whole page anew, with what is typed.
const LEAVES = ['page_language', 'to_treatment', 'add_sheet', 'change_sheet', 'take_sheet', 'return_sheet'];
let last = null;
let leaving = false;

document.body.classList.add('scripted');
lastButton.hidden = false;
form.noValidate = true;
// A page that came with a form is not asked for again with it: that could bring a former patient back.
history.replaceState(null, '', location.pathname);

function refreshed() {
  mark();
  count();
  arrange();
  changed();
}

// Who treats: as long as this page is used, whoever was chosen in it; when it opens, whoever used this browser last, if
// that is not long ago.

let mine = values('therapist')[0] ?? null;
let used = Date.now();

function remembered() {
  try {
    const { name, at } = JSON.parse(localStorage.getItem(THERAPIST));
    return Date.now() - at < SHIFT ? name : null;
  } catch {
    return null;
  }
}

function remember(name) {
  mine = name;
  used = Date.now();
  try { localStorage.setItem(THERAPIST, JSON.stringify({ name, at: used })); } catch { /* A browser that keeps nothing. */ }
  askWho(false);
}

function recall() {
  if (mine !== null && Date.now() - used >= SHIFT) mine = null;
  mine ??= remembered();
  const known = mine !== null && controls('therapist').some((one) => one.value === mine);
  put('therapist', known ? [mine] : []);
  askWho(!known && controls('therapist').length > 1);
}

function askWho(asks) {
  const place = document.getElementById('who');
  place.textContent = asks ? form.dataset.ask : '';
  document.getElementById('whose').classList.toggle('asks', asks);
}

// What people do

// What is printed of a library is the therapist's choice from now on.
function own(name) {
  order(name);
  put('choose', ['own']);
}

form.addEventListener('change', (event) => {
  const { name, checked } = event.target;
  if (name === 'therapist') remember(event.target.value);
  if (LIBRARIES.includes(name)) {
    const field = document.getElementById(`field-${name}`);
    if (checked && values(name).length > Number(field.dataset.most)) {
      event.target.checked = false;
      say(field.dataset.much, 'now');
      return;
    }
    own(name);
  }
  if (event.target.type === 'datetime-local') mendYear(event.target);
  if (name === 'session_at' && !event.target.value && !event.target.validity.badInput) event.target.value = form.elements.session_now.value;
  changedByHand();
  refreshed();
});
form.addEventListener('input', (event) => {
  if (!event.target.matches('input[type="text"], input[type="number"], textarea')) return;
  if (event.target.closest('.dose')) own(event.target.closest('fieldset').dataset.field);
  changedByHand();
  refreshed();
});
// Half a date is no change to a browser.
form.addEventListener('focusout', (event) => {
  if (event.target.validity?.badInput) changed();
});

form.addEventListener('click', (event) => {
  const button = event.target.closest('.preset, #last');
  if (!button) return;
  event.preventDefault();
  const before = everything();
  const told = button === lastButton ? begin(last.preset, last.fields) : begin(button.value, fieldsOf(button));
  startedAnew(before, told);
  refreshed();
});

form.addEventListener('submit', (event) => {
  // A tab of its own, from the choices as they are: this page stays.
  if (event.submitter?.name === 'keep_as') return;
  if (LEAVES.includes(event.submitter?.name)) leave(event);
  else submitted(event);
});
form.addEventListener('emptied', () => {
  recall();
  dropSheet();
  dropNote();
  refreshed();
});
// A sheet that was taken away is of the patient of then.
for (const event of ['emptied', 'brought', 'printed']) form.addEventListener(event, () => document.getElementById('return-sheet')?.remove());
for (const event of ['brought', 'ordered']) form.addEventListener(event, refreshed);
form.addEventListener('shown', arrange);
sheets((sheet) => {
  last = sheet.begun;
  rememberSheet(sheet);
  lastButton.disabled = false;
  remember(values('therapist')[0] ?? '');
});

document.getElementById('clear').addEventListener('click', (event) => {
  event.preventDefault();
  clear(form.dataset.cleared);
});

// Leaving this page throws the form away, so that the browser asks first; and a program that does not answer would
// leave an error in its place.

async function leave(event) {
  event.preventDefault();
  const button = event.submitter;
  // Half a date, or letters in a number, would not be in the page that comes.
  const [half] = halfFilled(true);
  if (half) {
    await settled(true);
    for (let fold = half.closest('details:not([open])'); fold; fold = half.closest('details:not([open])')) fold.open = true;
    half.focus();
    return;
  }
  const added = { [button.name]: button.value, again: packed() };
  if (!await isThere(new URLSearchParams([...new FormData(form), ...Object.entries(added)]))) return;
  leaving = !isWaiting();
  sendTo(form, '_self', '/', added);
}

document.querySelector('.nav').addEventListener('click', async (event) => {
  const link = event.target.closest('a');
  if (!link || link.ariaCurrent || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  // The last sheets go with this page: it stays.
  if (areKept()) return window.open(link.href, '_blank', 'noopener');
  const answer = await fetch(link.href, { method: 'HEAD' }).catch(() => null);
  if (answer) location.assign(link.href);
  else missing();
});

window.addEventListener('beforeunload', (event) => {
  if (!leaving && (!isBlank() || isWaiting() || halfFilled(true).length)) event.preventDefault();
});
// A page that the browser kept: within the idle time it is still this patient's.
window.addEventListener('pageshow', (event) => { if (event.persisted) { leaving = false; refreshed(); } });

keepSheets((losesNothing) => { leaving = losesNothing; });

// Keys

function parts(event) {
  const { target } = event;
  return { target, writes: target.matches(`textarea, ${TEXT}`), line: target.matches(TEXT) };
}

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.isComposing || event.defaultPrevented || enlarged()) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key === 'z' && !event.shiftKey && !parts(event).writes && bringBack()) event.preventDefault();
    return;
  }
  if (event.key === 'Escape') {
    event.preventDefault();
    const open = document.querySelector('.ask[open]');
    // What lies over the page goes first; nothing is cleared by that.
    if (open) Object.assign(open, { open: false }).firstElementChild.focus();
    else clear(form.dataset.cleared);
  } else if (event.key === 'Enter') {
    enter(event, parts(event));
  } else if (!parts(event).writes) {
    letter(event);
  }
});

// Enter ends a line and goes to Print; there, and anywhere but in text and on buttons, it prints. On the chosen preset too:
// it has nothing else to do there.
function enter(event, { target, line }) {
  const chosen = target === chosenPreset();
  if (target.matches('textarea') || (target.matches('button, a, summary') && !chosen && !isParked())) return;
  event.preventDefault();
  if (event.repeat || isParked()) return;
  const print = document.getElementById('print');
  if (line) {
    print.focus({ preventScroll: true });
    say(form.dataset.again, 'now');
  } else {
    form.requestSubmit(print);
  }
}

function letter(event) {
  const button = /^[0-9]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]:not(:disabled)`);
  if (button) {
    event.preventDefault();
    // Enter prints next, so it must not meet another button.
    if (document.activeElement.matches('.preset, .last')) button.focus();
    button.click();
  } else if (event.key === 'n') {
    event.preventDefault();
    document.getElementById('field-patient').focus();
  }
}

// An untouched session time is now: the sheet follows the clock.
setInterval(() => { if (sessionIsNow() && !document.hidden) changed(false); }, 60 * 1000);

if (mine === null) recall();
else askWho(false);
mark();
count();
settle();
if (!isBlank() || values('therapist').length) changed(false);
