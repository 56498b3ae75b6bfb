// The note for the patient's chart, put on the clipboard. Where a browser gives no clipboard to a page, it is shown, marked,
// to be copied by hand; nothing of it stays.

import { form } from './fields.js';
import { say } from './held.js';

const dialog = document.getElementById('note-by-hand');
const text = document.getElementById('note-text');

// `made`: the note's text, as a promise, because a clipboard must be asked for while the press of the button counts.
export async function copied(made) {
  const note = made.then((words) => new Blob([words], { type: 'text/plain' }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': note })]);
    say(form.dataset.noted);
  } catch {
    const words = await made.catch(() => null);
    if (words !== null) byHand(words);
  }
}

function byHand(words) {
  text.value = words;
  say('');
  dialog.showModal();
  text.focus();
  text.select();
  text.scrollTop = 0;
}

export function dropNote() {
  if (dialog.open) dialog.close();
  text.value = '';
}

// The address of the sheet on the clinic's site.
const copier = document.getElementById('copy-link');
if (copier) copier.hidden = false;
copier?.addEventListener('click', async () => {
  const address = document.querySelector('#link .address');
  try {
    await navigator.clipboard.writeText(address.href);
    say(form.dataset.linkCopied);
  } catch {
    getSelection().selectAllChildren(address);
    say(form.dataset.linkByHand);
  }
});

document.getElementById('close-note').addEventListener('click', dropNote);
dialog.addEventListener('close', () => { text.value = ''; });
