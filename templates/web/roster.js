// A dropped or chosen roster is checked at once; after printing, and after five idle minutes, the table goes.
'use strict';

const IDLE = 5 * 60 * 1000;
const upload = document.getElementById('upload');
const file = document.getElementById('file');
const table = document.getElementById('table');
const progress = document.getElementById('progress');
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
table?.addEventListener('submit', (event) => {
  if (event.submitter?.hasAttribute('formaction')) progress.textContent = table.dataset.busy;
});
for (const kind of ['keydown', 'pointerdown', 'wheel', 'touchstart']) document.addEventListener(kind, wake, { passive: true });
if (table) (table.querySelector('[aria-invalid="true"]') ?? document.getElementById('result')).focus();
wake();
