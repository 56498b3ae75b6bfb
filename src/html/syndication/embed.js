// Beside frames with `data-aftercare`: gives each the height of its page, and the page's colours, light or dark. It asks no server
// for anything and keeps nothing; without it the frame stays as high as it was written, and scrolls.
'use strict';

(() => {
  const LEAST = 300;
  const MOST = 20000;
  const frames = () => [...document.querySelectorAll('iframe[data-aftercare]')];

  window.addEventListener('message', (event) => {
    const frame = frames().find((one) => one.contentWindow === event.source);
    const height = event.data?.aftercare;
    if (frame && Number.isFinite(height)) frame.style.height = `${Math.min(Math.max(height, LEAST), MOST)}px`;
  });

  // The first ground behind the frame that can be seen through nothing.
  function ground(element) {
    for (let one = element; one; one = one.parentElement) {
      const parts = getComputedStyle(one).backgroundColor.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
      if (parts && Number(parts[4] ?? 1) > .5) return parts.slice(1, 4).map(Number);
    }
    return null;
  }

  // A page without a ground of its own has the browser's, which goes by its colour scheme.
  function isDark(frame) {
    const colour = ground(frame.parentElement);
    if (colour) return .2126 * colour[0] + .7152 * colour[1] + .0722 * colour[2] < 110;
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return scheme.includes('dark') && (!scheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches);
  }

  function show() {
    for (const frame of frames()) {
      const address = frame.src.split('#')[0];
      const wanted = isDark(frame) ? `${address}#dark` : address;
      if ((frame.dataset.shown ?? address) !== wanted) {
        frame.dataset.shown = wanted;
        frame.src = wanted;
      }
      frame.contentWindow?.postMessage('aftercare-height', '*');
    }
  }

  for (const frame of frames()) frame.addEventListener('load', () => frame.contentWindow?.postMessage('aftercare-height', '*'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show);
  else show();
})();
