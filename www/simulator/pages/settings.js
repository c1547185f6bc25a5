/**
 * What a person's settings have in common: who is signed in, where else to go, and how moments are written.
 * @module
 */
import { pictureOf } from './avatar.js';
import { escaped, layout } from './layout.js';

/** @typedef {import('../types.js').Account} Account */

const PAGES = [
  ['/settings/connected_apps', 'Connected apps'],
  ['/settings/sessions', 'Sessions'],
];

/**
 * @param {string} path of this page
 * @param {Account} account
 * @param {string} content HTML
 */
export function settingsPage(path, account, content) {
  const title = PAGES.find(([each]) => each === path)?.[1] ?? '';
  return layout(
    `${title} / Settings`,
    `<div class="account person"><img src="${pictureOf(account)}" alt="" width="44" height="44"><span class="who"><span class="name">${escaped(account.name)}</span><span class="handle">@${escaped(account.username)}</span></span></div>
<nav class="tabs" aria-label="Apps and sessions">${PAGES.map(([to, words]) => `<a href="${to}"${to === path ? ' aria-current="page"' : ''}>${words}</a>`).join('')}</nav>
<h1>${title}</h1>
${content}
<p class="small"><a href="/">The simulator’s front page</a></p>`,
  );
}

/** @param {number} time milliseconds since 1970 */
export function moment(time) {
  const iso = new Date(time).toISOString();
  const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(time);
  return `<time datetime="${iso}">${words} UTC</time>`;
}

/** Two forms of one kind have names of their own for those who do not see where they stand. @param {string} words */
export const unseen = (words) => `<span class="unseen"> ${escaped(words)}</span>`;
