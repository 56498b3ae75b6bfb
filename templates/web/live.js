// The live sheet beside the form: asked for anew as the form changes, with what is wrong at its field.

import { LIBRARIES, firstLacking, controls, form, halfFilled, put, sessionIsNow, values } from './fields.js';
import { say } from './held.js';

const preview = document.getElementById('preview');
const summary = document.getElementById('summary');
const whose = document.getElementById('whose');
const marked = document.getElementById('mark');
const see = document.getElementById('see');
const large = document.getElementById('large');
const status = document.getElementById('status');
// A program that does not answer is asked again, for what is typed meanwhile is only here.
const AGAIN = 2000;

let asked = null;
let timer = 0;
let away = false;
// What the newest question comes to; none when the form has changed since, or nobody answered.
let current = null;

export const problems = () => [...preview.querySelectorAll('.problem')];

// Asks soon. `by`: whether somebody changed something, so that the place that it changed comes into sight.
export function changed(by = true) {
  current = null;
  clearTimeout(timer);
  timer = setTimeout(() => ask(by), 30);
}

// The sheet of the form as it is now; whether the program answered. `insist`: what is being typed counts as it is.
export function settled(insist = false) {
  if (insist && halfFilled(true).length) return ask(true, true);
  // What prints is what is shown, to the minute.
  if (insist && sessionIsNow()) return ask(false, true);
  return current ?? ask(true);
}

function ask(by, insist = false) {
  clearTimeout(timer);
  asked?.abort();
  asked = new AbortController();
  current = answered(asked, by, insist);
  return current;
}

async function answered(control, by, insist) {
  const body = new URLSearchParams(new FormData(form));
  for (const half of halfFilled(insist)) body.append('half', half.name);
  try {
    const answer = await fetch('/preview', { method: 'POST', body, signal: control.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text(), by);
    if (away) say(form.dataset.online);
    away = false;
    return true;
  } catch (error) {
    if (asked !== control) return current ?? false;
    if (error.name !== 'AbortError') missing(error.message === '401');
    return false;
  }
}

// Nobody answers: the sheet that is shown may not be the form's any more.
export function missing(locked = false) {
  const text = locked ? form.dataset.locked : form.dataset.offline;
  if (status.textContent !== text) say(text, 'no');
  away = true;
  setMark(form.dataset.awayMark);
  current = null;
  clearTimeout(timer);
  timer = setTimeout(() => ask(false), AGAIN);
}

// Whether the page could be asked for anew with these fields; says so if not.
export async function isThere(body) {
  const answer = await fetch('/preview', { method: 'POST', body }).catch(() => null);
  if (!answer?.ok) missing(answer?.status === 401);
  return answer?.ok === true;
}

function setMark(text) {
  if (marked.textContent !== text) marked.textContent = text;
  preview.classList.toggle('stale', text !== '');
}

// Nothing of one patient stays in sight when the next begins.
export function dropSheet() {
  asked?.abort();
  for (const page of preview.querySelectorAll('.page')) page.remove();
  if (large.open) large.close();
}

function show(html, by) {
  const before = [...preview.querySelectorAll('.page')];
  const at = preview.scrollTop;
  preview.innerHTML = html;
  preview.scrollTop = at;
  const sheet = preview.querySelector('.sheet-now');
  const faulty = problems().length > 0;
  if (faulty && !sheet.querySelector('.page')) sheet.append(...before);
  setMark(faulty && before.length ? form.dataset.faultMark : '');
  settle();
  if (by && faulty) preview.scrollTop = 0;
  else if (by) intoSight(before, [...preview.querySelectorAll('.page')]);
}

// Scrolls to the first words that were not there before, when they are out of sight.
function intoSight(before, after) {
  if (!before.length || preview.scrollHeight <= preview.clientHeight) return;
  const words = (page) => [...page.querySelectorAll('text')];
  for (const [index, page] of after.entries()) {
    if (page.innerHTML === before[index]?.innerHTML) continue;
    const were = new Set(before[index] ? words(before[index]).map((one) => one.textContent) : []);
    const first = words(page).find((one) => !were.has(one.textContent));
    if (!first) continue;
    const [box, frame] = [first.getBoundingClientRect(), preview.getBoundingClientRect()];
    if (box.top < frame.top || box.bottom > frame.bottom) preview.scrollTop += box.top - frame.top - frame.height / 3;
    return;
  }
}

// What the answer says about the form: faults at their fields, the exercises that go with the regions, the time.
export function settle() {
  const sheet = preview.querySelector('.sheet-now');
  if (summary.textContent !== sheet.dataset.summary) summary.textContent = sheet.dataset.summary;
  if (whose.textContent !== sheet.dataset.whose) whose.textContent = sheet.dataset.whose;
  atFields();
  askBefore(sheet.querySelector('.questions'));
  fill('beside', sheet.querySelector('.set-aside'));
  linkOf(sheet.querySelector('.link-now'));
  const count = preview.querySelectorAll('.problem, .remarked').length;
  see.textContent = count ? form.dataset.seeNotes.replace('{count}', count) : form.dataset.see;
  if (sheet.dataset.ready) suggest(sheet.dataset.shown.split(' ').filter(Boolean));
  else if (!problems().length) suggest([]);
  form.dispatchEvent(new CustomEvent('shown'));
  const [at, now] = [form.elements.session_at, form.elements.session_now];
  if (sessionIsNow()) at.value = sheet.dataset.now;
  now.value = sheet.dataset.now;
}

// The questions that go with the sheet, beside the button that prints it.
function askBefore(questions) {
  const [ask, list] = [document.getElementById('ask'), document.getElementById('questions')];
  ask.hidden = !questions;
  if (!questions) ask.open = false;
  if (!questions || list.innerHTML === questions.innerHTML) return;
  list.replaceChildren(...questions.cloneNode(true).childNodes);
  list.lang = questions.lang;
}

function fill(id, template) {
  document.getElementById(id).replaceChildren(...template?.content.cloneNode(true).childNodes ?? []);
}

// The address of the sheet on the clinic's site, where it has one.
function linkOf(template) {
  const send = document.getElementById('send');
  if (!send) return;
  send.hidden = !template;
  if (!template) send.open = false;
  fill('link', template);
}

function atFields() {
  for (const place of document.querySelectorAll('.faults')) place.replaceChildren();
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
  for (const told of preview.querySelectorAll('.problem, .remarked')) {
    const place = document.getElementById(`faults-${told.dataset.field}`);
    if (!place) continue;
    const text = document.createElement('p');
    text.className = told.matches('.problem') ? 'fault' : 'remark';
    text.textContent = told.textContent;
    place.append(text);
    if (!told.matches('.problem')) continue;
    place.closest('details')?.setAttribute('open', '');
    const control = document.getElementById(`field-${told.dataset.field}`);
    if (control?.matches('input, textarea')) control.setAttribute('aria-invalid', 'true');
  }
}

function suggest(shown) {
  if (values('choose')[0] !== 'own') for (const name of LIBRARIES) put(name, shown);
  const names = [...form.querySelectorAll('.figure :checked + .card')].map((card) => card.textContent.trim());
  const chosen = document.getElementById('chosen');
  if (chosen) chosen.textContent = names.join(', ');
}

// Nothing can print: why, at the first field that must be mended.
export function refuse() {
  const problem = problems()[0];
  const field = problem?.dataset.field || firstLacking();
  if (problem) say(problem.textContent, 'now');
  else say(form.dataset.empty, 'now');
  const place = document.getElementById(`field-${field}`);
  const control = place?.matches('input, textarea') ? place : place?.querySelector('input:not([type="hidden"])');
  control?.focus();
}

// The note's length, before it is too much.
export function count() {
  const place = document.getElementById('count-note');
  const [note] = controls('note');
  const lines = note.value.split('\n').filter((line) => line.trim());
  const told = { letters: [...note.value].length, most: place.dataset.most, lines: lines.length, most_lines: place.dataset.lines };
  place.textContent = note.value ? form.dataset.noteCount.replace(/\{(\w+)\}/g, (_, name) => told[name]) : '';
  place.classList.toggle('over', told.letters > Number(told.most) || lines.length > Number(told.most_lines));
}

// The sheet as large as the screen

export function enlarge() {
  const sheet = preview.querySelector('.sheet-now').cloneNode(true);
  for (const one of sheet.querySelectorAll('[id]')) one.removeAttribute('id');
  document.getElementById('large-sheet').replaceChildren(sheet);
  large.showModal();
}

export const enlarged = () => large.open;

document.getElementById('close').addEventListener('click', () => large.close());
large.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (link || event.target === large) large.close();
});
large.addEventListener('close', () => document.getElementById('large-sheet').replaceChildren());
for (const button of [see, document.getElementById('larger')]) {
  button.hidden = false;
  button.addEventListener('click', enlarge);
}
preview.addEventListener('click', (event) => { if (event.target.closest('.page')) enlarge(); });
