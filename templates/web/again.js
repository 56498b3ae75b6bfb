// The day's last sheets, to be printed again, brought back or begun anew for somebody else. They are in this page's memory
// alone: closing it, an hour without a touch, the end of the day and a button take them away.

import { begin, empty, form, halfFilled, isBlank, putEverything, wholeForm } from './fields.js';
import { forget, isWaiting, replaced, say } from './held.js';
import { whenQuiet } from './idle.js';
import { isThere } from './live.js';
import { parkFocus, printAgain } from './print.js';
import { formOf, sendTo } from './printing.js';

const place = document.getElementById('again');
const opener = document.getElementById('again-open');
const list = document.getElementById('again-list');
const keeps = document.getElementById('again-keep');
const reprint = document.getElementById('reprint');
const word = (name, what) => place.dataset[name].replace('{what}', () => what);
const today = () => new Date().toDateString();
// What goes with a form to another treatment's page is bounded, as the form is: in bytes, as an address writes them.
const BYTES = 128 * 1024;

let sheets = [];
let leaving = () => {};

export const areKept = () => sheets.length > 0;
// For the page that comes next, when the form is sent to another treatment or language.
export function packed() {
  const all = [...sheets];
  const text = () => JSON.stringify({ keeps: keeps.checked, sheets: all });
  while (new URLSearchParams({ again: text() }).toString().length > BYTES) all.pop();
  return all.length ? text() : '';
}

// A sheet was made. The same one twice is one.
export function remember(sheet) {
  if (!place || !keeps.checked) return;
  const others = sheets.filter((one) => one.pairs !== sheet.pairs);
  sheets = [{ ...sheet, title: titleOf(sheet), day: today() }, ...others].slice(0, Number(place.dataset.keep));
  draw();
}

// Time, area and first name: enough to find it, no more than that.
function titleOf(sheet) {
  const [at, now] = [new Date(sheet.fields.session_at[0]), form.elements.session_now.value];
  const clock = { hour: 'numeric', minute: '2-digit' };
  const other = !now.startsWith(sheet.fields.session_at[0].slice(0, 10));
  const time = at.toLocaleString(document.documentElement.lang, other ? { month: 'short', day: 'numeric', ...clock } : clock);
  const name = (sheet.fields.patient[0] ?? '').trim().split(/\s+/)[0];
  return [time, sheet.what, name || place.dataset.noName].join(' · ');
}

function button(text, sheet, act) {
  const made = document.createElement('button');
  Object.assign(made, { type: 'button', textContent: text });
  made.setAttribute('aria-label', `${text}: ${sheet.title}`);
  made.addEventListener('click', () => act(sheet));
  return made;
}

function draw() {
  const acts = [['print', again], ['bring', bring], ['copy', copy]];
  list.replaceChildren(...sheets.map((sheet) => {
    const line = document.createElement('li');
    const title = document.createElement('span');
    title.textContent = sheet.title;
    line.append(title, ...acts.map(([name, act]) => button(place.dataset[name], sheet, act)));
    return line;
  }));
  opener.firstElementChild.textContent = place.dataset.count.replace('{count}', sheets.length);
  opener.disabled = !sheets.length && keeps.checked;
  if (opener.disabled) open(false);
}

// Who was in the list when it goes is not left nowhere.
function open(shows) {
  const within = place.contains(document.activeElement);
  place.hidden = !shows;
  opener.setAttribute('aria-expanded', String(shows));
  if (shows || !within) return;
  if (opener.disabled) parkFocus();
  else opener.focus();
}

const again = async (sheet) => {
  const refused = () => say(word('refused', sheet.title), 'no');
  if (await printAgain(sheet, refused)) say(word('printed', sheet.title));
  reprint.hidden = sheet !== sheets[0];
};

const isHere = (sheet) => sheet.treatment === form.elements.treatment.value;

function bring(sheet) {
  if (!isHere(sheet)) return elsewhere(sheet);
  start('brought', sheet, () => putEverything(sheet.fields), 'print');
}

function copy(sheet) {
  if (!isHere(sheet)) return elsewhere({ ...sheet, pairs: sheet.anew });
  const anew = () => {
    empty();
    begin(sheet.begun.preset, sheet.begun.fields);
  };
  start('copied', sheet, anew, 'field-patient');
}

function start(told, sheet, fill, next) {
  const before = isBlank() ? null : wholeForm();
  fill();
  open(false);
  replaced(before, word(told, sheet.title));
  document.getElementById(next).focus({ preventScroll: next === 'print' });
  form.dispatchEvent(new CustomEvent('brought'));
}

// A sheet of another treatment is on that one's page. What stands in this form would be lost: the browser asks. A program
// that does not answer would leave an error in its place.
async function elsewhere(sheet) {
  if (!await isThere(new URLSearchParams([...new URLSearchParams(sheet.pairs), ['again', packed()]]))) return;
  leaving(isBlank() && !halfFilled(true).length && !isWaiting());
  const one = formOf(sheet.pairs);
  sendTo(one, '_self', '/', { again: packed() });
  one.remove();
}

function drop() {
  sheets = [];
  reprint.hidden = true;
  draw();
}

function setUp() {
  const held = place.dataset.held;
  place.removeAttribute('data-held');
  if (held) ({ keeps: keeps.checked, sheets } = JSON.parse(held));
  opener.hidden = false;
  opener.addEventListener('click', () => open(place.hidden));
  document.getElementById('again-clear').addEventListener('click', () => {
    forget();
    drop();
    say(place.dataset.cleared);
  });
  keeps.addEventListener('change', () => (keeps.checked ? draw() : drop()));
  // A page that the browser keeps for Back is closed too.
  window.addEventListener('pagehide', drop);
  whenQuiet(Number(place.dataset.minutes) * 60 * 1000, drop);
  // Names do not stand on a screen that nobody is at.
  for (const event of ['emptied', 'quiet']) form.addEventListener(event, () => open(false));
  setInterval(() => { if (sheets.some((one) => one.day !== today())) drop(); }, 60 * 1000);
  form.addEventListener('printed', () => { reprint.hidden = !sheets.length; });
  reprint.addEventListener('click', () => again(sheets[0]));
  draw();
}

// `whenLeaving`: the page goes; whether nothing that was typed is lost with it.
export function keepSheets(whenLeaving) {
  leaving = whenLeaving;
  if (place) setUp();
}
