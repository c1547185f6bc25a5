/**
 * The frame of the console's pages: where one is, and what was just done.
 * @module
 */
import { appIconTag } from '../pages/app-icon.js';
import { escaped, layout } from '../pages/layout.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('./form.js').Form} Form */

const STEPS = ['<li><a href="/">Simulator</a></li>', '<li><a href="/developer">Projects &amp; Apps</a></li>'];

/**
 * @param {{ title: string, depth?: number, form?: Pick<Form, 'errors' | 'notice'> }} page `depth`: so many pages above it
 * @param {string} content HTML
 */
export function frame({ title, depth = 2, form }, content) {
  const links = STEPS.slice(0, depth);
  const wrong = Object.keys(form?.errors ?? {}).length > 0;
  const notice = form?.notice === undefined ? '' : noticeTag(form.notice);
  return layout(
    `${wrong ? 'Mistake: ' : ''}${title} · Developer console`,
    `<nav class="trail" aria-label="You are here"><ol>${links.join('')}</ol></nav>\n${notice}\n${content}`,
    { wide: true, sheet: 'developer.css' },
  );
}

/** @param {import('./answers.js').Notice} notice */
const noticeTag = ({ words, link, tone }) => `<p class="notice${tone === 'bad' ? ' bad' : ''}" role="status">${escaped(words)}${link ? ` <a href="${link[0]}">${escaped(link[1])}</a>` : ''}</p>`;

/** @param {boolean | undefined} suspended */
export const suspendedTag = (suspended) => (suspended ? ' <span class="tag bad">Suspended</span>' : '');

const TABS = /** @type {const} */ ([
  ['', 'Settings'],
  ['/authentication', 'Authentication'],
  ['/keys', 'Keys and tokens'],
]);

/**
 * @param {RunningApp} app
 * @param {'' | '/authentication' | '/keys'} here
 * @param {Pick<Form, 'errors' | 'notice'>} form
 * @param {string} content HTML
 */
export function appFrame(app, here, form, content) {
  const tabs = TABS.map(([path, label]) => `<a href="/developer/apps/${app.id}${path}"${path === here ? ' aria-current="page"' : ''}>${label}</a>`);
  const tab = TABS.find(([path]) => path === here)?.[1] ?? '';
  return frame(
    { title: `${tab} of ${app.name}`, form },
    `<header class="app">${appIconTag(app, 56)}<div class="who"><h1>${escaped(app.name)}</h1><p class="quiet">App ID ${app.id}</p></div>${suspendedTag(app.suspended)}</header>
<nav class="tabs" aria-label="This App">${tabs.join('')}</nav>
${content}`,
  );
}

/**
 * @param {string} action
 * @param {string} ticket
 * @param {string} content HTML
 * @param {string} [more] attributes
 */
export const formTag = (action, ticket, content, more = '') => `<form method="post" action="${escaped(action)}"${more}><input type="hidden" name="ticket" value="${ticket}">${content}</form>`;
