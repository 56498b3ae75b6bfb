// The form's fields: what they say, what a preset does to them, and what of them is only half filled in.

export const form = document.getElementById('form');
export const presets = [...document.querySelectorAll('.preset[data-fields]')];

// The treatment's own fields: what a preset decides, which are libraries of exercises, what a preset may add to or fill in
// though it is the patient's, and without which there is no sheet.
const rules = JSON.parse(form.dataset.rules);
export const LIBRARIES = rules.libraries;
// How often and how long each is done: fields beside the pictures, empty where it is as usual.
const DOSES = [...form.querySelectorAll('.dose input')].map((field) => field.name);
const PLAN = [...LIBRARIES, ...DOSES];
// What a preset decides. Every other field is the patient's: a preset may fill it or add to it, never empty it.
const TREATMENT = [...rules.treatment, ...(LIBRARIES.length ? ['choose', ...PLAN] : [])];
// Not the patient's: the clock, who treats, and with what.
const ASIDE = ['session_now', 'session_at', 'therapist', 'treatment'];

export const controls = (name) => [...form.elements].filter((control) => control.name === name);

export function values(name) {
  const given = controls(name)
    .filter((control) => !['checkbox', 'radio'].includes(control.type) || control.checked)
    .map((control) => control.value)
    .filter((value) => value !== '');
  return sorted(name, given);
}

// Exercises print in the therapist's own order: as they were ticked, until somebody moves one.
const orders = {};

// The order of some, or of those that are ticked now.
export function order(name, ids = values(name)) {
  orders[name] = ids;
}

function sorted(name, ids) {
  const known = orders[name] ?? [];
  const at = (id) => (known.includes(id) ? known.indexOf(id) : known.length);
  return [...ids].sort((one, other) => at(one) - at(other));
}

form.addEventListener('formdata', ({ formData }) => {
  for (const name of Object.keys(orders)) {
    const all = sorted(name, formData.getAll(name));
    formData.delete(name);
    for (const id of all) formData.append(name, id);
  }
});

export function put(name, wanted) {
  if (HELD.includes(name)) makeRoom(name, wanted.length);
  if (LIBRARIES.includes(name)) order(name, wanted);
  for (const [index, control] of controls(name).entries()) {
    if (control.type === 'checkbox') control.checked = wanted.includes(control.value);
    else if (control.type === 'radio') control.checked = wanted.length ? wanted.includes(control.value) : control.value === '';
    else control.value = wanted[index] ?? '';
  }
}

// Hidden fields that stand once a value: what another treatment asked, sheets that were set aside.
const HELD = ['elsewhere', 'beside'];

function makeRoom(name, count) {
  for (let room = controls(name).length; room < count; room += 1) form.prepend(Object.assign(document.createElement('input'), { type: 'hidden', name }));
}

const inputs = [...form.elements].filter((control) => control.name && !['submit', 'button'].includes(control.type));
const names = [...new Set([...inputs.map((control) => control.name), ...HELD])].filter((name) => !ASIDE.includes(name));
const start = { ...rules.start, ...(LIBRARIES.length ? { choose: ['region'] } : {}) };
// The clinic's own; a page that came back with a form somebody had begun shows others.
for (const name of ['edition', 'paper', 'language']) start[name] = controls(name).length ? [form.dataset[name]] : [];

// The whole form

export const sessionIsNow = () => form.elements.session_at.value === form.elements.session_now.value;

// Everything that is the patient's or the treatment's. A session time that nobody touched is no value: it is now.
export function everything() {
  const all = Object.fromEntries(names.map((name) => [name, values(name)]));
  all.session_at = sessionIsNow() ? [] : values('session_at');
  // Those that go with the area are nobody's choice.
  if (all.choose?.[0] !== 'own') for (const name of PLAN) all[name] = [];
  return all;
}

// The same, and who treats.
export const wholeForm = () => ({ ...everything(), therapist: values('therapist') });

export function putEverything(all) {
  for (const [name, wanted] of Object.entries(all)) {
    if (name === 'session_at') form.elements.session_at.value = wanted[0] ?? form.elements.session_now.value;
    else put(name, wanted);
  }
}

const blank = () => Object.fromEntries([...names, 'session_at'].map((name) => [name, start[name] ?? []]));
export const same = (one, other) => Object.keys(one).every((name) => [...one[name]].sort().join('\n') === [...other[name]].sort().join('\n'));
export const isBlank = () => same(everything(), blank());
export const empty = () => putEverything(blank());

// Without these there is no sheet: the first that is empty, if one is.
export const firstLacking = () => rules.needed.find((name) => !values(name).length);

// Half filled in

// A browser sends nothing for a date without its time, and nothing would mean “none” or “now”.
export function halfFilled(insist = false) {
  return [...form.querySelectorAll('input')].filter((control) => control.validity.badInput && (insist || control !== document.activeElement));
}

// Four digits are typed for a year, but two are meant for this century.
export function mendYear(control) {
  const short = /^00(\d\d-.*)$/.exec(control.value);
  if (control.type === 'datetime-local' && short) control.value = `20${short[1]}`;
}

// Presets

export const chosenPreset = () => presets.find((button) => button.value === form.elements.preset.value);
export const fieldsOf = (button) => JSON.parse(button.dataset.fields);

export function differs(name, wanted) {
  if (PLAN.includes(name) && values('choose')[0] !== 'own') return false;
  const open = wanted.length === 0 && name in start ? start[name] : wanted;
  return [...open].sort().join('\n') !== values(name).sort().join('\n');
}

// Begins with a preset, or with the treatment of the last sheet; the server does the same in `form.rs`. The answer: the
// patient's fields that stay as they are, and choices by hand that are set anew.
export function begin(preset, fields) {
  const former = chosenPreset() ? fieldsOf(chosenPreset()) : {};
  const told = { kept: [], reset: [] };
  const byHand = Object.fromEntries([...TREATMENT, ...rules.kept, 'paper'].map((name) => [name, differs(name, former[name] ?? [])]));
  for (const name of TREATMENT) {
    if (byHand[name] && differs(name, fields[name] ?? []) && !PLAN.includes(name)) told.reset.push(labelOf(name));
  }
  for (const name of TREATMENT) put(name, fields[name]?.length ? fields[name] : start[name] ?? []);
  for (const name of rules.added) {
    const ticked = values(name).filter((one) => !(fields[name] ?? []).includes(one));
    for (const one of ticked) told.kept.push(wordOf(name, one));
    put(name, [...ticked, ...fields[name] ?? []]);
  }
  // Large print stays, whoever chose it.
  if (differs('edition', [])) {
    if (differs('edition', fields.edition ?? [])) told.kept.push(wordOf('edition', values('edition')[0]));
  } else if (fields.edition?.length) {
    put('edition', fields.edition);
  }
  for (const name of rules.kept) {
    if (byHand[name] && values(name).length) {
      if (differs(name, fields[name] ?? [])) told.kept.push(`${labelOf(name)} ${values(name)[0]}`);
    } else {
      put(name, fields[name] ?? []);
    }
  }
  if (fields.paper?.length) put('paper', fields.paper);
  else if (!byHand.paper) put('paper', start.paper);
  form.elements.preset.value = preset;
  return told;
}

const wordOf = (name, value) => controls(name).find((control) => control.value === value)?.closest('label')?.textContent.trim();

// Sheets that print beside the form's own, as the program has answered: the form may hold its own one too.
export const countBeside = () => document.querySelectorAll('#beside li').length;

function labelOf(name) {
  const field = document.querySelector(`.field[data-field="${name}"]`);
  return field.querySelector('legend, label, summary h2').firstChild.textContent.trim();
}

// A side belongs to an area that is chosen: it never waits for the next one who has it.
function dropSides() {
  for (const side of form.querySelectorAll('select.side')) {
    if (!side.previousElementSibling.querySelector('input').checked) side.value = '';
  }
}

// So does a dose to an exercise that somebody chose.
function dropDoses() {
  const own = values('choose')[0] === 'own';
  for (const field of form.querySelectorAll('.dose input')) {
    if (!own || !field.closest('.tile').querySelector(':checked')) field.value = '';
  }
}

// What differs from the preset
export function mark() {
  dropSides();
  dropDoses();
  const preset = chosenPreset();
  for (const button of presets) button.setAttribute('aria-pressed', String(button === preset));
  const base = preset ? fieldsOf(preset) : null;
  for (const field of document.querySelectorAll('.field[data-field]')) {
    const name = field.dataset.field;
    field.classList.toggle('differs', base !== null && name in base && differs(name, base[name]));
  }
  const plan = document.getElementById('field-choose');
  plan?.classList.toggle('differs', base !== null && ['choose', ...PLAN].some((name) => differs(name, base[name] ?? [])));
}

// What a sheet is made of, so that it can be made again as it is: a time that nobody touched is the one that is shown.
// `what`: what tells it from others, in the page's words. `anew`: the same for somebody else.
export function snapshot() {
  const pairs = [...new FormData(form)].filter(([name]) => name !== 'session_now');
  const begun = treatment();
  const anew = [['treatment', form.elements.treatment.value], ['preset', begun.preset]];
  for (const [name, all] of Object.entries(begun.fields)) anew.push(...all.map((value) => [name, value]));
  return {
    pairs: new URLSearchParams(pairs).toString(),
    anew: new URLSearchParams(anew).toString(),
    fields: { ...wholeForm(), session_at: [form.elements.session_at.value] },
    treatment: form.elements.treatment.value,
    begun,
    what: what() + (countBeside() ? ` + ${countBeside()}` : ''),
  };
}

// The areas, and what is not as usual. Where a treatment has no areas, or is not the clinic's first, it is named.
function what() {
  const [first, treated] = ['button', '[aria-pressed="true"]'].map((one) => document.querySelector(`.treatments ${one}`));
  const named = treated && (treated !== first || !areas()) ? treated.textContent.trim() : '';
  const unusual = ['language', 'edition'].filter((name) => differs(name, start[name])).map((name) => wordOf(name, values(name)[0]));
  return [named, areas(), ...unusual].filter(Boolean).join(' · ');
}

function areas() {
  const one = (control) => {
    const side = control.closest('.chip').nextElementSibling;
    const word = side?.matches('.side') && side.value ? ` (${side.selectedOptions[0].textContent.toLowerCase()})` : '';
    return control.closest('.chip').textContent.trim() + word;
  };
  return [...form.querySelectorAll('.where .chip :checked')].map(one).join(', ');
}

// The treatment of a sheet, for the next patient: nothing that belongs to one patient.
export const treatment = () => ({ preset: form.elements.preset.value, fields: Object.fromEntries([...TREATMENT, 'paper'].map((name) => [name, values(name)])) });
