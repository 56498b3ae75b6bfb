// A dropped or chosen roster is checked at once. While sheets are made the page tells how far it is; after printing,
// and after five idle minutes, the table goes. Without this file every button works by itself.
'use strict';

const IDLE = 5 * 60 * 1000;
const GLANCE = 150;
const upload = document.getElementById('upload');
const file = document.getElementById('file');
const table = document.getElementById('table');
const progress = document.getElementById('progress');
const bar = document.getElementById('made');
const said = document.getElementById('said');
let idle = 0;

function wake() {
  clearTimeout(idle);
  if (table) idle = setTimeout(() => location.replace('/roster'), IDLE);
}

file.addEventListener('change', () => { if (file.files.length) upload.requestSubmit(); });
for (const kind of ['dragover', 'drop']) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    if (kind !== 'drop' || !event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    upload.requestSubmit();
  });
}
document.addEventListener('dragenter', () => upload.classList.add('over'));
document.addEventListener('drop', () => upload.classList.remove('over'));

// How far it is: the program tells under a name that this page makes up, for as long as the work lasts.

function watched() {
  const name = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  progress.textContent = table.dataset.busy;
  bar.removeAttribute('value');
  bar.hidden = false;
  const timer = setInterval(async () => {
    const answer = await fetch(`/roster/progress/${name}`).catch(() => null);
    if (answer?.status !== 200 || bar.hidden) return;
    const { made, of } = await answer.json();
    if (!of) return;
    [bar.value, bar.max] = [made, of];
    progress.textContent = table.dataset.progress.replace('{made}', made).replace('{rows}', of);
  }, GLANCE);
  return { name, end: () => { clearInterval(timer); bar.hidden = true; progress.textContent = ''; } };
}

function busy(is) {
  for (const button of table.querySelectorAll('button')) button.disabled = is;
}

// The table goes, with everything that was typed into it.
function clear(text) {
  table.reset();
  table.remove();
  upload.reset();
  said.textContent = text;
  said.focus();
}

// As on the first page: Chromium's print window opens over this page, other browsers show the PDF in a new tab.
const printsInPlace = navigator.pdfViewerEnabled && 'userAgentData' in navigator;

function printer(job) {
  document.getElementById('printer')?.remove();
  const frame = document.createElement('iframe');
  frame.id = 'printer';
  frame.name = 'printer';
  frame.title = table.dataset.sheet;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.addEventListener('load', () => {
    if (frame.contentWindow.location.href === 'about:blank') return;
    job.end();
    if (frame.contentDocument?.contentType !== 'application/pdf') {
      // A row was refused after all: the rows are checked again, and the page says which.
      frame.remove();
      busy(false);
      table.requestSubmit();
      return;
    }
    clear(table.dataset.printed);
    frame.contentWindow.focus();
    frame.contentWindow.print();
  });
  document.body.append(frame);
  return frame;
}

function print(button) {
  const job = watched();
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'job', value: job.name });
  table.append(field);
  if (printsInPlace) button.setAttribute('formtarget', printer(job).name);
  // The browser takes the form's values before this runs.
  setTimeout(() => {
    field.remove();
    if (printsInPlace) {
      busy(true);
    } else {
      job.end();
      clear(table.dataset.printed);
    }
  }, 0);
}

// An archive to keep, or a sentence on what the printer did.
async function fetched(button) {
  const job = watched();
  const body = new FormData(table, button);
  body.set('job', job.name);
  body.set('as', 'sentence');
  busy(true);
  try {
    const answer = await fetch(button.formAction, { method: 'POST', body });
    const kind = answer.headers.get('content-type') ?? '';
    if (kind.startsWith('application/zip')) {
      keep(await answer.blob());
      clear(table.dataset.saved);
    } else if (kind.startsWith('text/plain')) {
      if (answer.ok) clear(await answer.text());
      else said.textContent = await answer.text();
    } else {
      busy(false);
      table.requestSubmit();
    }
  } catch {
    said.textContent = table.dataset.offline;
  }
  job.end();
  busy(false);
}

function keep(archive) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(archive), download: 'aftercare.zip' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

table?.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (!button?.hasAttribute('formaction') || button.name === 'page_language') return;
  said.textContent = '';
  if (button.getAttribute('formaction') === '/roster.pdf') {
    print(button);
  } else {
    event.preventDefault();
    fetched(button);
  }
});
for (const kind of ['keydown', 'pointerdown', 'wheel', 'touchstart']) document.addEventListener(kind, wake, { passive: true });
window.addEventListener('pageshow', (event) => { if (event.persisted && table) location.replace('/roster'); });
if (table) (table.querySelector('[aria-invalid="true"]') ?? document.getElementById('result')).focus();
wake();
