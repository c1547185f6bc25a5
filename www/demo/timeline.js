/**
 * The panel "What just happened": draws the steps and moves through them.
 * @module
 */

import { byId, h, icon } from './dom.js';
import { FAILED_AT, STEPS } from './steps.js';

/** @typedef {'ahead' | 'running' | 'done' | 'declined' | 'stopped'} Status */

/** @type {Record<Status, string>} */
const SPOKEN = { ahead: 'not yet', running: 'now', done: 'done', declined: 'declined', stopped: 'stopped here' };
const TICK = 'M9.6 17.6 4.4 12.4l1.7-1.7 3.5 3.5 8.3-8.3 1.7 1.7z';
const CROSS = 'M6.7 18.7 5.3 17.3 10.6 12 5.3 6.7l1.4-1.4 5.3 5.3 5.3-5.3 1.4 1.4-5.3 5.3 5.3 5.3-1.4 1.4-5.3-5.3z';
const HIDDEN = '••••••••';

const list = byId('steps');
const summary = byId('steps-summary');
/** @type {Map<string, HTMLElement>} */
const items = new Map(STEPS.map((step) => [step.id, draw(step)]));
list.replaceChildren(...items.values());

/** @param {import('./steps.js').Step} step */
function draw({ id, title, text, source, link, secrets = [] }) {
  return h(
    'li',
    { class: 'step', 'data-step': id, 'data-status': 'ahead' },
    h('span', { class: 'dot' }, icon(TICK, 'tick'), icon(CROSS, 'cross')),
    h('div', { class: 'head' }, h('h3', {}, title, h('span', { class: 'spoken' }, `: ${SPOKEN.ahead}`)), h('a', { href: link, rel: 'noreferrer' }, source)),
    h('div', { class: 'more' }, h('p', {}, text), secrets.length > 0 && h('p', { class: 'secrets' }, ...secrets.map(masked))),
  );
}

/** @param {string} name */
function masked(name) {
  return h('span', {}, name, ' ', h('span', { role: 'img', 'aria-label': 'hidden' }, HIDDEN));
}

/**
 * @param {string} id
 * @param {Status} status
 */
function mark(id, status) {
  const item = items.get(id);
  const spoken = item?.querySelector('.spoken');
  if (!item || !spoken) return;
  item.dataset.status = status;
  spoken.textContent = `: ${SPOKEN[status]}`;
}

/** @returns {string | undefined} */
function running() {
  return STEPS.find(({ id }) => items.get(id)?.dataset.status === 'running')?.id;
}

/**
 * Everything before `id` is done, `id` itself is `status`, the rest is ahead.
 * @param {string} id
 * @param {Status} status
 */
function moveTo(id, status) {
  const at = STEPS.findIndex((step) => step.id === id);
  for (const [index, step] of STEPS.entries()) mark(step.id, index < at ? 'done' : index === at ? status : 'ahead');
}

/** @param {string} text */
function say(text) {
  summary.textContent = text;
}

export const timeline = {
  clear() {
    moveTo('clicked', 'ahead');
    list.classList.remove('short');
    say('Nothing yet. Press a button and watch.');
  },
  /** @param {string} id the step that is under way now */
  reach(id) {
    if (running() === id) return;
    moveTo(id, 'running');
    list.classList.remove('short');
    say('A sign-in is under way.');
  },
  /** @param {string} how */
  finish(how) {
    moveTo('greeted', 'done');
    say(how);
  },
  /**
   * The page was left and loaded anew on the way: the steps are known from how it ended.
   * @param {string} how
   */
  recall(how) {
    this.finish(how);
    list.classList.add('short');
  },
  /**
   * @param {string} code
   * @param {string} how
   */
  stop(code, how) {
    moveTo(FAILED_AT[code] ?? running() ?? 'clicked', code === 'cancelled' ? 'declined' : 'stopped');
    say(how);
  },
};
