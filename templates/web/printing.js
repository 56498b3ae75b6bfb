// What both pages do to get sheets out of the browser.

// A number that nobody guesses: of a press of a button, or of a piece of work.
export function numbered() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// A file for the folder of downloads.
export function keep(file, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60 * 1000);
}

// A form out of sight with these fields, as an address writes them.
export function formOf(pairs) {
  const made = document.createElement('form');
  Object.assign(made, { method: 'post', hidden: true });
  for (const [name, value] of new URLSearchParams(pairs)) made.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  document.body.append(made);
  return made;
}

// Sends a form somewhere, with fields of the moment, and leaves it as it was.
export function sendTo(form, target, action, fields = {}) {
  const before = [form.target, form.getAttribute('action')];
  const added = Object.entries(fields).map(([name, value]) => Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  form.append(...added);
  form.target = target;
  form.setAttribute('action', action);
  HTMLFormElement.prototype.submit.call(form);
  form.target = before[0];
  form.setAttribute('action', before[1]);
  for (const field of added) field.remove();
}

export const PRINTER = 'printer';

// Most browsers print a PDF from a frame, so that the print window opens over this page; whether this one did. It does not
// when no PDF came, or when the browser lets no page print what it shows.
export function printsInPlace(form, title, action, fields) {
  document.getElementById(PRINTER)?.remove();
  const frame = document.createElement('iframe');
  frame.id = PRINTER;
  frame.name = PRINTER;
  frame.title = title;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  document.body.append(frame);
  return new Promise((done) => {
    frame.addEventListener('load', () => {
      try {
        if (frame.contentWindow.location.href === 'about:blank') return;
        if (frame.contentDocument.contentType !== 'application/pdf') return done(false);
        frame.contentWindow.print();
        done(true);
      } catch {
        done(false);
      }
    });
    sendTo(form, frame.name, action, fields);
  });
}
