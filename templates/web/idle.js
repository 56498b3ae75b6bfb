// A page that nobody touches for five minutes goes back to its start, for the patient's words may stand on it. It says so
// half a minute before, and counts.

const IDLE = 5 * 60 * 1000;
const NOTICE = 30 * 1000;
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart', 'input'];

// `isBlank`: nothing is there that could go. `soon` and `back`: the notice begins, and somebody has touched the page after
// all. `count` gets the seconds that are left, then none. `end`: the time is over.
export function watchIdle({ isBlank, soon, back, count, end }) {
  let touched = 0;
  let timers = [];
  let told = false;

  function stop() {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    if (told) count(null);
  }

  function wake() {
    const now = Date.now();
    if (now - touched < 1000) return;
    touched = now;
    stop();
    if (told) back();
    told = false;
    timers = [setTimeout(notice, IDLE - NOTICE), setTimeout(over, IDLE)];
  }

  function notice() {
    if (isBlank()) return;
    told = true;
    soon();
    const tick = () => {
      count(Math.max(0, Math.round((touched + IDLE - Date.now()) / 1000)));
      timers.push(setTimeout(tick, 1000));
    };
    tick();
  }

  function over() {
    stop();
    told = false;
    end();
  }

  for (const kind of TOUCHES) document.addEventListener(kind, wake, { passive: true });
  wake();
}

// `end`, once nobody has touched the page for that long. By the clock: a machine that slept has not stood still.
export function whenQuiet(time, end) {
  let touched = Date.now();
  const look = () => {
    if (Date.now() - touched < time) return;
    touched = Date.now();
    end();
  };
  setInterval(look, 15 * 1000);
  document.addEventListener('visibilitychange', look);
  for (const kind of TOUCHES) {
    document.addEventListener(kind, () => {
      look();
      touched = Date.now();
    }, { passive: true });
  }
}
