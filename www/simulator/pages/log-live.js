/**
 * In the browser, on the page `/log`: asks for what is new, once a second while somebody looks.
 * @module
 */

const list = /** @type {HTMLElement} */ (document.querySelector('#requests'));
const live = /** @type {HTMLElement} */ (document.querySelector('#live'));
const none = /** @type {HTMLElement} */ (document.querySelector('#none'));
let change = Number(list.dataset.change);

/** Says it once: a status is read out whenever it changes. @param {string} words */
function say(words) {
  if (live.textContent !== words) live.textContent = words;
}

async function look() {
  const response = await fetch(`/log/entries?after=${change}&only=${list.dataset.only}`);
  if (!response.ok) throw new Error(String(response.status));
  const { change: latest, entries, empty } = await response.json();
  // The simulator was reset, or started anew: what is on this page is no longer there.
  if (empty || latest < change) list.replaceChildren();
  change = latest;
  // Newest first; each goes to the top, so the oldest of them has to go first.
  for (const { id, html } of entries.reverse()) show(`request-${id}`, html);
  none.hidden = list.children.length > 0;
  say('New requests appear by themselves.');
}

/** @param {string} id @param {string} html of the simulator's own making, escaped there */
function show(id, html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  const before = document.getElementById(id);
  if (!before) return list.prepend(template.content);
  // Its answer has come: what somebody has closed stays closed.
  const wasOpen = before.querySelector('details')?.open;
  before.replaceWith(template.content);
  const details = document.getElementById(id)?.querySelector('details');
  if (details) details.open = wasOpen ?? true;
}

async function watch() {
  if (!document.hidden) await look().catch(() => say('The simulator does not answer.'));
  setTimeout(watch, 1000);
}

void watch();
