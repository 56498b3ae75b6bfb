// The live sheet, keys and clearing. Without this file the form works by itself; with it nothing of a patient is
// kept: only the therapist's name is remembered on this machine.
'use strict';

const form = document.getElementById('form');
const preview = document.getElementById('preview');
const status = document.getElementById('status');
const summary = document.getElementById('summary');
const lastButton = document.getElementById('last');
const presets = [...document.querySelectorAll('.preset[data-fields]')];
const START = { intensity: ['moderate'], activity: [], precautions: [], rest_hours: [], choose: ['region'], exclude: [] };
const OF_THE_PATIENT = ['patient', 'note', 'next_visit', 'precautions'];
const IDLE = 5 * 60 * 1000;
const THERAPIST = 'aftercare.therapist';

let last = null;
let asked = null;
let asking = 0;
let idle = 0;
document.body.classList.add('scripted');
lastButton.hidden = false;

// Controls

const controls = (name) => [...form.elements].filter((control) => control.name === name);

function values(name) {
  return controls(name)
    .filter((control) => !['checkbox', 'radio'].includes(control.type) || control.checked)
    .map((control) => control.value)
    .filter((value) => value !== '');
}

function put(name, wanted) {
  for (const control of controls(name)) {
    if (control.type === 'checkbox') control.checked = wanted.includes(control.value);
    else if (control.type === 'radio') control.checked = wanted.length ? wanted.includes(control.value) : control.value === '';
    else control.value = wanted[0] ?? '';
  }
}

const start = Object.fromEntries(['edition', 'paper', 'language'].map((name) => [name, values(name)]));

function apply(fields) {
  for (const [name, wanted] of Object.entries(fields)) {
    if (name in start && wanted.length === 0) put(name, start[name]);
    else put(name, wanted);
  }
}

function chosenPreset() {
  return presets.find((button) => button.value === form.elements.preset.value);
}

function choosePreset(button) {
  form.elements.preset.value = button.value;
  apply(JSON.parse(button.dataset.fields));
  changed();
}

// What differs from the preset

function mark() {
  const preset = chosenPreset();
  for (const button of presets) button.setAttribute('aria-pressed', String(button === preset));
  const base = preset ? JSON.parse(preset.dataset.fields) : null;
  for (const field of document.querySelectorAll('.field[data-field]')) {
    const name = field.dataset.field;
    field.classList.toggle('differs', base !== null && name in base && differs(name, base[name]));
  }
  const plan = document.getElementById('field-choose');
  plan.classList.toggle('differs', base !== null && ['choose', 'stretches', 'exercises'].some((name) => differs(name, base[name])));
}

function differs(name, wanted) {
  if (['stretches', 'exercises'].includes(name) && values('choose')[0] !== 'own') return false;
  const open = name in start && wanted.length === 0 ? start[name] : wanted;
  return [...open].sort().join('\n') !== values(name).sort().join('\n');
}

// The live sheet

function changed() {
  mark();
  clearTimeout(asking);
  asking = setTimeout(ask, 30);
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch('/preview', { method: 'POST', body, signal: asked.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text());
    if (status.dataset.offline) say('');
  } catch (error) {
    if (error.name !== 'AbortError') say(form.dataset.offline, true);
  }
}

function show(html) {
  const at = preview.scrollTop;
  preview.innerHTML = html;
  preview.scrollTop = at;
  settle();
}

// What the answer says about the form: faults at their fields, the stretches that go with the regions, the time.
function settle() {
  const sheet = preview.querySelector('.sheet-now');
  summary.textContent = sheet.dataset.summary;
  faults();
  if (sheet.dataset.ready) suggest(sheet.dataset.shown.split(' ').filter(Boolean));
  else if (!sheet.querySelector('.problem')) suggest([]);
  const [at, now] = [form.elements.session_at, form.elements.session_now];
  if (at.value === now.value) at.value = sheet.dataset.now;
  now.value = sheet.dataset.now;
}

function faults() {
  for (const place of document.querySelectorAll('.faults')) place.replaceChildren();
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
  for (const problem of preview.querySelectorAll('.problem')) {
    const place = document.getElementById(`faults-${problem.dataset.field}`);
    if (!place) continue;
    const text = document.createElement('p');
    text.className = 'fault';
    text.textContent = problem.textContent;
    place.append(text);
    place.closest('details')?.setAttribute('open', '');
    const control = document.getElementById(`field-${problem.dataset.field}`);
    if (control?.matches('input, textarea')) control.setAttribute('aria-invalid', 'true');
  }
}

function suggest(shown) {
  if (values('choose')[0] !== 'own') for (const name of ['stretches', 'exercises']) put(name, shown);
  const names = [...form.querySelectorAll('.figure :checked + .card')].map((card) => card.textContent.trim());
  document.getElementById('chosen').textContent = names.join(', ');
}

// Telling, clearing, remembering

function say(text, offline = false) {
  status.textContent = text;
  if (offline) status.dataset.offline = 'yes';
  else delete status.dataset.offline;
}

function clear(text) {
  form.elements.preset.value = '';
  apply({ ...START, regions: [], stretches: [], exercises: [], edition: [], paper: [], language: [] });
  for (const name of ['patient', 'note', 'next_visit']) put(name, []);
  form.elements.session_at.value = form.elements.session_now.value;
  for (const details of form.querySelectorAll('details')) details.open = false;
  recallTherapist();
  changed();
  say(text);
}

function remember() {
  last = { preset: form.elements.preset.value, fields: {} };
  const names = ['regions', 'intensity', 'activity', 'rest_hours', 'choose', 'stretches', 'exercises', 'edition', 'paper', 'language', 'exclude'];
  for (const name of names.filter((name) => !OF_THE_PATIENT.includes(name))) last.fields[name] = values(name);
  lastButton.disabled = false;
}

function recallTherapist() {
  try {
    const name = localStorage.getItem(THERAPIST);
    if (name !== null) put('therapist', controls('therapist').some((one) => one.value === name) ? [name] : []);
  } catch { /* A browser that keeps nothing. */ }
}

function wake() {
  clearTimeout(idle);
  idle = setTimeout(() => {
    document.getElementById('printer')?.remove();
    clear(form.dataset.idle);
  }, IDLE);
}

// What people do

form.addEventListener('change', (event) => {
  if (event.target.name === 'therapist') {
    try { localStorage.setItem(THERAPIST, event.target.value); } catch { /* As above. */ }
  }
  if (['stretches', 'exercises'].includes(event.target.name)) put('choose', ['own']);
  say('');
  changed();
});
form.addEventListener('input', (event) => {
  if (event.target.matches('input[type="text"], input[type="number"], textarea')) changed();
});

form.addEventListener('click', (event) => {
  const button = event.target.closest('.preset, .last');
  if (!button) return;
  event.preventDefault();
  say('');
  if (button === lastButton) {
    form.elements.preset.value = last.preset;
    apply(last.fields);
    changed();
  } else {
    choosePreset(button);
  }
});

form.addEventListener('submit', (event) => {
  if (event.submitter?.name === 'page_language') return;
  const sheet = preview.querySelector('.sheet-now');
  if (!values('regions').length || sheet.querySelector('.problem')) {
    event.preventDefault();
    refuse();
    return;
  }
  if (event.submitter?.name === 'printer') {
    event.preventDefault();
    send(event.submitter);
    return;
  }
  if (event.submitter?.getAttribute('formaction') || event.submitter?.name === 'as') return;
  if (printsInPlace) {
    form.target = printer().name;
    setTimeout(() => { form.target = '_blank'; }, 0);
  } else {
    // The browser takes the form's values before this runs.
    setTimeout(() => printed(), 0);
  }
});

function printed(text = form.dataset.printed) {
  remember();
  clear(text);
}

// Through a queue of the machine; the answer says how it went.
async function send(button) {
  const body = new URLSearchParams(new FormData(form, button));
  body.set('as', 'sentence');
  say(form.dataset.sending);
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, { method: 'POST', body });
    if (answer.ok) printed(await answer.text());
    else if (answer.headers.get('content-type')?.startsWith('text/plain')) say(await answer.text());
    else ask();
  } catch {
    say(form.dataset.offline, true);
  }
  button.disabled = false;
}

// Chromium prints a PDF from a frame, so that its print window opens over this page. Other browsers, and those that
// keep PDFs in place of showing them, get the sheet in a tab of its own.
const printsInPlace = navigator.pdfViewerEnabled && 'userAgentData' in navigator;

function printer() {
  document.getElementById('printer')?.remove();
  const frame = document.createElement('iframe');
  frame.id = 'printer';
  frame.name = 'printer';
  frame.title = form.dataset.sheet;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.addEventListener('load', () => {
    if (frame.contentWindow.location.href === 'about:blank') return;
    if (frame.contentDocument?.contentType !== 'application/pdf') {
      // The sheet was refused after all: the answer says why, at the fields.
      ask();
      return;
    }
    printed();
    frame.contentWindow.focus();
    frame.contentWindow.print();
  });
  document.body.append(frame);
  return frame;
}

// Nothing can print: say why, at the first field that must be mended.
function refuse() {
  const problem = preview.querySelector('.problem');
  const field = problem?.dataset.field || 'regions';
  if (!problem) say(form.dataset.empty);
  const place = document.getElementById(`field-${field}`);
  const control = place?.matches('input, textarea') ? place : place?.querySelector('input:not([type="hidden"])');
  control?.focus();
}

document.getElementById('clear').addEventListener('click', (event) => {
  event.preventDefault();
  clear(form.dataset.cleared);
});

document.addEventListener('keydown', (event) => {
  wake();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const target = event.target;
  const writes = target.matches('textarea, input[type="text"], input[type="number"], input[type="datetime-local"]');
  if (event.key === 'Escape') {
    event.preventDefault();
    clear(form.dataset.cleared);
  } else if (event.key === 'Enter' && !event.repeat && !target.matches('textarea, button, a, summary')) {
    event.preventDefault();
    form.requestSubmit(document.getElementById('print'));
  } else if (!writes && /^[0-9]$/.test(event.key)) {
    const button = document.querySelector(`[data-key="${event.key}"]:not(:disabled)`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  }
});

for (const kind of ['pointerdown', 'wheel', 'touchstart']) document.addEventListener(kind, wake, { passive: true });
window.addEventListener('pageshow', (event) => { if (event.persisted) clear(''); });
// An untouched session time is now: the sheet follows the clock.
setInterval(() => {
  const touched = form.elements.session_at.value !== form.elements.session_now.value;
  if (!touched && !document.hidden) ask();
}, 60 * 1000);

if (!values('therapist').length) recallTherapist();
wake();
mark();
settle();
if (values('therapist').length && values('regions').length) changed();
