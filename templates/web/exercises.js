// The libraries of exercises: those for the chosen areas first, found by name, in the therapist's own order.

import { LIBRARIES, form, order, values } from './fields.js';

const fields = LIBRARIES.map((name) => document.getElementById(`field-${name}`)).filter(Boolean);
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const nameOf = (one) => one.textContent.trim();

function areas() {
  return [...form.querySelectorAll('.where .chip :checked')].map((one) => one.value);
}

// What is chosen always shows: nothing prints that cannot be seen here.
function filter(field) {
  const sought = folded(field.querySelector('.seek').value.trim());
  const chosen = areas();
  const byArea = !field.querySelector('.every').checked && chosen.length > 0 && !sought;
  let seen = 0;
  for (const one of field.querySelectorAll('.figure')) {
    const fits = !byArea || one.dataset.regions.split(' ').some((region) => chosen.includes(region));
    const shows = one.querySelector('input').checked || (fits && folded(nameOf(one)).includes(sought));
    one.hidden = !shows;
    if (shows) seen += 1;
  }
  field.querySelector('.none-found').hidden = seen > 0;
}

function inOrder(field) {
  const name = field.dataset.field;
  const ids = values('choose')[0] === 'own' ? values(name) : [];
  const place = field.querySelector('.order');
  place.closest('.ordered').hidden = ids.length < 2;
  // The same as before stays as it is: somebody may be on a button of it, and Enter elsewhere prints.
  if (place.dataset.ids === ids.join()) return;
  place.dataset.ids = ids.join();
  place.replaceChildren(...ids.map((id, index) => {
    const line = document.createElement('li');
    const title = document.createElement('span');
    title.textContent = nameOf(field.querySelector(`input[value="${id}"]`).closest('.figure'));
    line.append(title);
    if (index > 0) line.append(earlier(field, ids, index, title.textContent));
    return line;
  }));
}

function earlier(field, ids, index, title) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', textContent: field.dataset.earlier });
  button.setAttribute('aria-label', `${field.dataset.earlier}: ${title}`);
  button.addEventListener('click', () => {
    const moved = [...ids];
    [moved[index - 1], moved[index]] = [moved[index], moved[index - 1]];
    order(field.dataset.field, moved);
    form.dispatchEvent(new CustomEvent('ordered'));
    field.querySelectorAll('.order li')[index - 1].querySelector('button')?.focus();
  });
  return button;
}

// What was sought was sought for one patient.
function sought(field) {
  field.querySelector('.seek').value = '';
  field.querySelector('.every').checked = false;
}

export function arrange() {
  for (const field of fields) {
    filter(field);
    inOrder(field);
  }
}

for (const field of fields) {
  field.querySelector('.seeking').hidden = false;
  // Esc ends the search; what was typed elsewhere stays.
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !event.target.matches('.seek') || !event.target.value) return;
    event.preventDefault();
    event.target.value = '';
    filter(field);
  });
  for (const event of ['emptied', 'brought']) form.addEventListener(event, () => sought(field));
  field.addEventListener('input', (event) => { if (event.target.matches('.seek, .every')) filter(field); });
}
