// What is said, and what can be brought back: what was in the form before it was printed, cleared or set anew. It is
// held in this page's memory alone, until the next patient is begun or the idle time is over.

import { empty, everything, form, isBlank, putEverything, same, wholeForm } from './fields.js';
import { watchIdle } from './idle.js';

// Who left for five minutes and comes back a moment too late.
const LATE = 60 * 1000;
// A message that a later change makes old stays this long, so that it can be read.
const READ = 8 * 1000;

const status = document.getElementById('status');
const undo = document.getElementById('undo');
const reprint = document.getElementById('reprint');
let held = null;
// What stood in the form before a sheet of before came into it: back in the form once that one is printed or cleared.
let waiting = null;
let since = 0;
let passing = 'no';
let late = 0;

// `passes`, when a change of the form takes it away: once it can have been read (`read`), at once (`now`), never (`no`).
export function say(text, passes = 'read') {
  status.textContent = text;
  passing = passes;
  since = Date.now();
  if (!text || !held) undo.hidden = true;
  reprint.hidden = true;
}

export const isWaiting = () => waiting !== null;

// Holds fields as they were. `whole`: the form is empty now, so that these are one patient's and the next change is
// another's; otherwise a preset set some fields anew, and these alone go back. `swaps`: they are another patient's, and what
// stands in the form then is held in their place.
function hold(fields, whole, word, swaps = whole) {
  held = { fields, whole, swaps };
  undo.textContent = word;
  undo.hidden = false;
}

export function forget() {
  held = null;
  undo.hidden = true;
}

// Clears the form. What it said can be brought back.
export function clear(text, forLong = true) {
  const before = everything();
  const wasBlank = isBlank();
  empty();
  for (const details of form.querySelectorAll('details')) details.open = false;
  if (wasBlank && held?.whole) {
    // Cleared twice: what the first time took can still come back.
    say(text, 'no');
    undo.hidden = false;
  } else if (wasBlank) {
    forget();
    say(text);
  } else {
    hold(before, true, form.dataset.bring);
    say(text, 'no');
    clearTimeout(late);
    if (!forLong) late = setTimeout(() => { if (held?.fields === before) { forget(); say(''); } }, LATE);
  }
  const back = forLong ? waiting : null;
  waiting = null;
  form.dispatchEvent(new CustomEvent('emptied'));
  if (!back) return;
  putEverything(back);
  say([text, form.dataset.returned].join(' '), 'no');
  form.dispatchEvent(new CustomEvent('brought'));
}

// After a preset: what it changed can be undone.
export function startedAnew(before, { kept, reset }) {
  if (held?.whole) forget();
  const told = [];
  if (kept.length) told.push(form.dataset.kept.replace('{what}', kept.join(', ')));
  if (reset.length) told.push(form.dataset.reset.replace('{what}', reset.join(', ')));
  const now = everything();
  const changed = Object.fromEntries(Object.entries(before).filter(([name, was]) => !same({ [name]: was }, { [name]: now[name] })));
  if (reset.length) hold(changed, false, form.dataset.undo);
  else forget();
  say(told.join(' '), reset.length ? 'no' : 'read');
}

// Other fields stand in the form now. Those of before, if there were any, can go back.
export function replaced(before, text) {
  if (before) hold(before, false, form.dataset.undo, true);
  else forget();
  waiting ??= before;
  say(text, before ? 'no' : 'read');
}

export function bringBack() {
  if (!held) return false;
  const { fields, swaps } = held;
  const now = swaps && !isBlank() ? wholeForm() : null;
  putEverything(fields);
  forget();
  if (now) {
    waiting = fields === waiting ? null : waiting ?? now;
    hold(now, false, form.dataset.undo, true);
  }
  say(form.dataset.brought, now ? 'no' : 'read');
  form.dispatchEvent(new CustomEvent('brought'));
  return true;
}

// Somebody changed the form by hand.
export function changedByHand() {
  if (held?.whole && !isBlank()) {
    forget();
    say('');
  } else if (passing === 'now' || (passing === 'read' && Date.now() - since > READ)) {
    say('');
  }
}

undo.addEventListener('click', bringBack);

// Idle

let interrupted = null;
const seconds = document.getElementById('seconds');

watchIdle({
  isBlank,
  soon: () => {
    interrupted = { text: status.textContent, passing };
    say(form.dataset.soon);
    undo.hidden = true;
  },
  back: () => {
    say(interrupted.text, interrupted.passing);
    undo.hidden = !held;
  },
  count: (left) => { seconds.textContent = left === null ? '' : form.dataset.seconds.replace('{seconds}', left); },
  end: () => {
    document.getElementById('printer')?.remove();
    form.dispatchEvent(new CustomEvent('quiet'));
    if (!isBlank()) {
      forget();
      clear(form.dataset.idle, false);
    } else {
      // What was said may name somebody.
      waiting = null;
      forget();
      say('');
    }
  },
});
