// In the page of a frame: tells the page around how high this one is, whenever that changes and whenever it is asked. Nothing
// else leaves the frame, and nothing that is said to it changes it.
'use strict';

const tell = () => parent.postMessage({ aftercare: Math.ceil(document.body.getBoundingClientRect().height) }, '*');

new ResizeObserver(tell).observe(document.body);
window.addEventListener('message', (event) => { if (event.source === parent && event.data === 'aftercare-height') tell(); });
tell();
