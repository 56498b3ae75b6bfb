// Shows a person's own times when the address holds the options of a sheet, after the `#`: a browser never sends that part
// to a server. Nothing here asks a server for anything, keeps anything, or writes anything but text. What is unknown in an
// address is passed over; without this file the page is the same for everybody.
'use strict';

const MINUTE = 60 * 1000;
const HOUR = 60;
const DAY = 24 * HOUR;
const QUARTER = 15;
const LONGEST = 1000;
// A code from an old sheet, or a time that nobody can have meant.
const NEAR = 60 * DAY * MINUTE;
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

// The clinic's clock, as the sheets have it: a browser's own table of time zones may be older, or newer. Times are minutes
// since 1970; a wall time is written as if it were UTC.
const { kinds, changes, until } = known.clock;
const clocks = changes.map(([from, kind], at) => ({ from, to: changes[at + 1]?.[0] ?? until, ahead: kinds[kind][0], letters: kinds[kind][1] }));
const clockAt = (time) => clocks.find(({ from, to }) => time >= from && time < to) ?? null;
const readings = (wall) => clocks.map((clock) => wall - clock.ahead).filter((time, at) => time >= clocks[at].from && time < clocks[at].to);

// The moment of a session; null when the text is no time, or far from today, or the clock passed over it.
function moment(text) {
  const [, local, offset] = FORM.exec(text ?? '') ?? [];
  if (!local) return null;
  const wall = Date.parse(`${local}Z`);
  if (!Number.isFinite(wall) || new Date(wall).toISOString().slice(0, 16) !== local) return null;
  const time = offset ? Date.parse(local + offset) / MINUTE : readings(wall / MINUTE)[0] ?? NaN;
  return clockAt(time) && Math.abs(time * MINUTE - Date.now()) < NEAR ? time : null;
}

// The hours of a window: as the sheet's code sets them, else the longest that the choices ask for, and no fewer than those of
// the window that it waits for.
function hours(window, options) {
  const { hours: usual, by, set, at_least: other } = known.windows[window];
  const given = Number(options.get(window));
  if (set && Number.isInteger(given) && given >= set[0] && given <= set[1]) return given;
  const chosen = Object.entries(by).map(([option, values]) => name(values, options.get(option))).filter((value) => value !== null);
  const own = chosen.length ? Math.max(...chosen) : usual;
  return other ? Math.max(own, hours(other, options)) : own;
}

const spaced = (words) => words.replaceAll('~', '\u00a0');

function clockTime(at) {
  const [hour, minute, { am, pm, evening, noon, day_start, pattern = '{hour}~{half}', separator, full_hour, hour_digits = 1 }] = [at.getUTCHours(), String(at.getUTCMinutes()).padStart(2, '0'), known.dates.clock];
  if (separator) return spaced(`${String(hour).padStart(hour_digits, '0')}${minute === '00' ? full_hour : separator + minute}`);
  if (minute === '00' && hour % 12 === 0) return spaced(hour ? noon : day_start);
  const told = `${(hour + 11) % 12 + 1}${minute === '00' ? '' : `:${minute}`}`;
  return spaced(pattern.replace('{hour}', told).replace('{half}', hour < 12 ? am : evening && hour >= evening.from ? evening.name : pm));
}

// A moment in the words of the sheet; one that a change of clocks doubles carries its zone.
function written(time, pattern = known.dates.moment, part = '') {
  const clock = clockAt(time);
  if (!clock) return '';
  const wall = time + clock.ahead;
  const [at, { weekdays, weekdays_short, months, months_short, first_day }] = [new Date(wall * MINUTE), known.dates];
  const day = at.getUTCDate();
  const doubled = readings(wall).length > 1 ? `\u00a0${clock.letters}` : '';
  const [weekday, month] = [(at.getUTCDay() + 6) % 7, at.getUTCMonth()];
  const fields = { weekday: weekdays[weekday], wd: weekdays_short[weekday], day: day === 1 ? first_day : String(day), month: months[month], mon: months_short[month], year: at.getUTCFullYear(), time: clockTime(at) + doubled, part };
  return spaced(pattern).replace(/\{(\w+)\}/g, (_, field) => fields[field] ?? '');
}

// The quarter of an hour that a time lies in: what says when to call is never said later.
const quarterBegun = (time) => Math.floor(time / QUARTER) * QUARTER;

// A limit is said to the next quarter of an hour, and one that would end in the night waits for the next morning.
function awake(time, waking) {
  if (!waking) return { time: quarterBegun(time), waits: false };
  const [[from, to, morning], late] = [waking, Math.ceil(time / QUARTER) * QUARTER];
  const clock = clockAt(late);
  if (!clock) return { time: late, waits: false };
  const wall = late + clock.ahead;
  const day = wall - wall % DAY;
  if (wall - day >= from && wall - day <= to) return { time: late, waits: false };
  const [first] = readings(day + (wall - day > to ? DAY : 0) + morning);
  return { time: first ?? late, waits: first !== undefined };
}

// When a window ends: no earlier than the one that it waits for.
function late(window, options, at) {
  const { waking, at_least: other } = known.windows[window];
  const own = awake(at + hours(window, options) * HOUR, waking);
  const awaited = other ? late(other, options, at) : own;
  return awaited.time > own.time ? awaited : own;
}

// What ends at midnight is said as the last minute of the day before.
function sayable(time) {
  const midnight = clockAt(time) && (time + clockAt(time).ahead) % DAY === 0;
  return midnight ? time - 1 : time;
}

// The part of a wall time's day: that very moment's, else the one that it lies in.
function partOf(wall) {
  const minute = wall % DAY;
  const holds = ({ from, to }) => (from === to ? minute === from * HOUR : minute >= from * HOUR && minute < to * HOUR);
  const found = known.dates.said.parts.filter(holds);
  return (found.find(({ from, to }) => from === to) ?? found[0])?.name;
}

// An end as the sheet's text says it: by the day of the week and the time, by the morning that it waits for, with its date
// where that is not of the same week.
function ending({ time, waits }, at) {
  const { said: words } = known.dates;
  const end = sayable(time);
  const [clock, first] = [clockAt(end), clockAt(at)];
  if (!words || !clock || !first) return written(end);
  const [wall, begun] = [end + clock.ahead, at + first.ahead];
  const far = (wall - wall % DAY) - (begun - begun % DAY) > 6 * DAY;
  const part = waits ? partOf(wall) : undefined;
  if (part !== undefined) return written(end, words.part[far ? 1 : 0], part);
  return far ? written(end) : written(end, words.weekday_time);
}

const said = (words, time) => words.replace('{time}', () => time);

function row(label, text, more) {
  const [term, value] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = label;
  value.textContent = [text, more].filter(Boolean).join(known.between.beside);
  const pair = document.createElement('div');
  pair.append(term, value);
  return pair;
}

function times(options, at) {
  part('session').textContent = said(known.words.session, written(at));
  const rows = known.rows.map(({ label, window, open }) => row(label, said(known.words.until, ending(late(window, options, at), at)), open));
  part('times').replaceChildren(...rows);
  part('call').textContent = said(known.words.call, written(sayable(quarterBegun(at + hours(known.call, options) * HOUR))));
}

// What the sheet was for: treated areas, and what else was chosen.
function about(options, regions) {
  const facts = regions.map((id) => known.regions[id]);
  const one = Object.entries(known.choices).map(([option, words]) => name(words, options.get(option)));
  const text = [facts.join(known.between.more), ...one.filter(Boolean)].filter(Boolean).join(' · ');
  part('about').textContent = text.charAt(0).toUpperCase() + text.slice(1);
}

// The lines of the warning signs that ask what was treated: answered.
function answer(treated) {
  for (const mark of document.querySelectorAll('.applies')) mark.remove();
  document.querySelectorAll('.emergency .closing').forEach((line, at) => {
    if (!treated.some((id) => known.asks[at]?.includes(id))) return;
    const mark = document.createElement('strong');
    mark.className = 'applies';
    mark.textContent = known.words.applies;
    line.append(' ', mark);
  });
}

function show() {
  const options = asked();
  const own = !known.treatment || options.get('treatment') === known.treatment;
  const at = own ? moment(options.get('at')) : null;
  const regions = [...new Set((options.get('regions') ?? '').split(';'))].filter((id) => name(known.regions, id));
  panel.hidden = at === null;
  answer(at === null ? [] : regions);
  if (at === null) return;
  about(options, regions);
  times(options, at);
}

// First of all for whom it is for; without it the page begins with the answer for everybody.
document.querySelector('h1').after(panel);
window.addEventListener('hashchange', show);
show();
