// Shows a person's own times when the address holds the options of a sheet, after the `#`: a browser never sends that part
// to a server. Nothing here asks a server for anything, keeps anything, or writes anything but text. What is unknown in an
// address is passed over; without this file the page is the same for everybody.
'use strict';

const HOUR = 60 * 60 * 1000;
const LONGEST = 1000;
// A code from an old sheet, or a time that nobody can have meant.
const NEAR = 60 * 24 * HOUR;
const FORM = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})?$/;

const panel = document.getElementById('yours');
const known = JSON.parse(panel.dataset.yours);
const part = (name) => panel.querySelector(`[data-part="${name}"]`);

// The options of the address; a name that stands twice counts once.
function asked() {
  const options = new Map();
  const text = location.hash.slice(1);
  if (text.length > LONGEST) return options;
  for (const option of text.split('&')) {
    const at = option.indexOf('=');
    if (at > 0 && !options.has(option.slice(0, at))) options.set(option.slice(0, at), plain(option.slice(at + 1)));
  }
  return options;
}

function plain(text) {
  try { return decodeURIComponent(text); } catch { return ''; }
}

const name = (names, id) => (Object.hasOwn(names, id) ? names[id] : null);

// How far the clinic's clock is ahead of UTC at a time, milliseconds.
function ahead(time) {
  const format = new Intl.DateTimeFormat('en', { timeZone: known.zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  const of = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second) - time;
}

// The moment of a session; null when the text is no time, or far from today.
function moment(text) {
  const [, local, offset] = FORM.exec(text ?? '') ?? [];
  if (!local) return null;
  const wall = Date.parse(`${local}Z`);
  if (!Number.isFinite(wall) || new Date(wall).toISOString().slice(0, 16) !== local) return null;
  const time = offset ? Date.parse(local + offset) : wall - ahead(wall - ahead(wall));
  return Number.isFinite(time) && Math.abs(time - Date.now()) < NEAR ? time : null;
}

function rest(options) {
  const set = Number(options.get('rest'));
  const [from, to] = known.bounds;
  if (Number.isInteger(set) && set >= from && set <= to) return set;
  return name(known.rest ?? {}, options.get('intensity'));
}

const date = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: known.zone, weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' });
// A clock time stays on one line: "3:30 PM".
const written = (time) => date.formatToParts(time).map(({ value }, at, all) => (all[at + 1]?.type === 'dayPeriod' ? '\u00a0' : value)).join('');
const said = (words, time) => words.replace('{time}', () => written(time));

function row(label, text, more) {
  const [term, value] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = label;
  value.textContent = more ? `${text}, ${more}` : text;
  const pair = document.createElement('div');
  pair.append(term, value);
  return pair;
}

function times(options, at) {
  part('session').textContent = said(known.words.session, at);
  const rows = known.rows.map(({ window, label, hours }) => {
    const end = window === 'rest' ? rest(options) ?? hours : hours;
    return row(label, said(known.words.until, at + end * HOUR), window === 'hard_exercise' ? known.open : '');
  });
  part('times').replaceChildren(...rows);
  part('call').textContent = said(known.words.call, at + known.call * HOUR);
}

// What the sheet was for: treated areas, how strong, the activity.
function about(options, regions) {
  const facts = regions.map((id) => known.regions[id]);
  const one = [name(known.intensities, options.get('intensity')), name(known.activities, options.get('activity'))];
  const text = [facts.join(', '), ...one.filter(Boolean)].filter(Boolean).join(' · ');
  part('about').textContent = text.charAt(0).toUpperCase() + text.slice(1);
}

// The line of the warning signs that asks where the needles were: answered.
function lungs(over) {
  document.querySelector('.applies')?.remove();
  const line = document.querySelector('.emergency .closing');
  if (!over || !line) return;
  const mark = document.createElement('strong');
  mark.className = 'applies';
  mark.textContent = known.words.applies;
  line.append(' ', mark);
}

function show() {
  const options = asked();
  const at = moment(options.get('at'));
  const regions = [...new Set((options.get('regions') ?? '').split(';'))].filter((id) => name(known.regions, id));
  panel.hidden = at === null;
  lungs(at !== null && regions.some((id) => known.lungs.includes(id)));
  if (at === null) return;
  about(options, regions);
  times(options, at);
}

// First of all for whom it is for; without it the page begins with the answer for everybody.
document.querySelector('h1').after(panel);
window.addEventListener('hashchange', show);
show();
