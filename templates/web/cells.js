// Help at a cell that is mended: what may stand there as buttons, and a calendar for a time. The cell stays a text, for that
// is what the program reads.

// More names than these are a list to type into.
const MOST = 24;
// What people write between names of a list.
const BETWEEN = /[;,\/\n]+/;

function put(control, text) {
  control.value = text;
  control.dispatchEvent(new Event('input', { bubbles: true }));
}

const plain = (text) => text.trim().toLowerCase();

// The names that a cell says already; what is no name goes with the first choice.
function said(control, names) {
  const parts = control.dataset.many ? control.value.split(BETWEEN) : [control.value];
  return names.filter((name) => parts.some((part) => plain(part) === plain(name)));
}

function choices(control) {
  const list = document.getElementById(`names-${control.dataset.names}`);
  if (!list) return null;
  const names = [...list.querySelectorAll('option')].map((option) => option.value);
  if (!names.length || names.length > MOST) return null;
  const group = document.createElement('div');
  group.className = 'chips picks';
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', `${list.dataset.label}: ${control.labels[0].textContent}`);
  const buttons = names.map((name) => Object.assign(document.createElement('button'), { type: 'button', className: 'pick', textContent: name }));
  const mark = () => {
    const chosen = said(control, names);
    buttons.forEach((button, index) => button.setAttribute('aria-pressed', String(chosen.includes(names[index]))));
  };
  group.append(...buttons);
  group.addEventListener('click', ({ target }) => {
    const name = target.closest('button')?.textContent;
    if (!name) return;
    const chosen = said(control, names);
    if (!control.dataset.many) put(control, name);
    else put(control, names.filter((one) => chosen.includes(one) !== (one === name)).join('; '));
  });
  control.addEventListener('input', mark);
  mark();
  return group;
}

function calendar(control) {
  const picker = Object.assign(document.createElement('input'), { type: 'datetime-local', className: 'calendar' });
  picker.setAttribute('aria-label', `${control.labels[0].textContent}: ${control.dataset.time}`);
  picker.addEventListener('change', () => { if (picker.value) put(control, picker.value.replace('T', ' ')); });
  return picker;
}

export function help(control) {
  if (control.dataset.helped) return;
  control.dataset.helped = 'yes';
  const more = control.dataset.names ? choices(control) : control.dataset.time ? calendar(control) : null;
  // What is wrong stands first.
  const why = document.getElementById(control.getAttribute('aria-describedby'));
  if (more) (why ?? control).after(more);
}
