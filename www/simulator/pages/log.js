/**
 * The log, newest first, with each parameter explained. It updates itself where scripts run; elsewhere by reloading.
 * @module
 */
import { STATUS_CODES } from 'node:http';
import { outcomeOf } from '../log/outcome.js';
import { meaningOf, purposeOf } from '../log/words.js';
import { breakable, escaped, layout } from './layout.js';

/** @typedef {import('../log/requests.js').Entry} Entry */
/** @typedef {import('../log/requests.js').Parameter} Parameter */

/** So many are open when the page comes; the others open when they are pressed. */
const OPEN = 5;

/** Where a parameter was. */
const PLACES = { query: 'query', form: 'form', header: 'header', Authorization: 'in Authorization', callback: 'query', body: 'body' };

/** What may be looked at, by the word in the address. */
const VIEW_NAMES = { all: 'Everything', apps: 'What Apps did', refused: 'Refused' };

/** What an empty view says. @type {Record<string, string>} */
const NOTHING = {
  all: 'Nothing has come yet. Start a sign-in from your app.',
  apps: 'No App has asked for anything yet. Start a sign-in from yours.',
  refused: 'Nothing was refused.',
};

/**
 * @param {Entry[]} entries newest first
 * @param {number} change
 * @param {{ view: string, ticket: string }} how
 */
export function logPage(entries, change, { view, ticket }) {
  const views = Object.entries(VIEW_NAMES).map(([each, words]) => `<a href="/log${each === 'all' ? '' : `?only=${each}`}"${each === view ? ' aria-current="page"' : ''}>${words}</a>`);
  const address = view === 'all' ? '/log' : `/log?only=${view}`;
  return layout(
    'Log',
    `<h1>Log</h1>
<p class="quiet">Every request that came to this simulator, the newest first, and what each parameter is for. The values of harmless parameters are shown, all others by their length and a fingerprint; times are UTC.</p>
<nav class="tabs" aria-label="What is shown">${views.join('')}</nav>
<div class="log-head"><p class="quiet" id="live" role="status"></p><noscript><p class="quiet"><a href="${address}">Reload</a> to see what is new.</p></noscript>
<form method="post" action="${address}"><input type="hidden" name="ticket" value="${ticket}"><button class="small-button">Empty the log</button></form></div>
<ol class="log" id="requests" reversed data-change="${change}" data-only="${view}">
${entriesHtml(entries)}
</ol>
<p id="none" class="empty"${entries.length === 0 ? '' : ' hidden'}>${NOTHING[view] ?? ''}</p>
<p class="small"><a href="/">The simulator’s front page</a></p>`,
    { wide: true, script: '/_assets/log.js' },
  );
}

/** @param {Entry[]} entries */
export const entriesHtml = (entries) => entries.map((entry, index) => entryHtml(entry, index < OPEN)).join('\n');

/** @param {Entry} entry @param {boolean} open */
function entryHtml(entry, open) {
  const { id, time, method, path, parameters, status, location, app, answer = [] } = entry;
  const purpose = purposeOf(method, path);
  const outcome = outcomeOf(entry);
  const iso = new Date(time).toISOString();
  return `<li id="request-${id}"><details${open ? ' open' : ''}>
<summary><span class="asked"><span class="method">${escaped(method)}</span> <span class="path">${breakable(path)}</span></span> ${statusTag(status)} <time datetime="${iso}">${iso.slice(11, 19)}</time>
<span class="outcome">${app === undefined ? '' : `<span class="asker">${escaped(app)}</span> `}${escaped(outcome)}</span></summary>
${purpose && (purpose.source || purpose.words !== outcome) ? `<p>${escaped(purpose.words)} ${sourceLink(purpose.source)}</p>` : ''}
${parameterTable('The request', path, parameters)}
${location === undefined ? '' : `<p class="location">The browser is sent to <code>${breakable(location)}</code></p>`}
${parameterTable(location === undefined ? 'The answer' : 'With these parameters', path, answer)}
</details></li>`;
}

/** @param {number | undefined} status */
function statusTag(status) {
  if (status === undefined) return '<span class="tag">under way</span>';
  if (status === 0) return '<span class="tag bad">connection cut</span>';
  return `<span class="tag ${status >= 400 ? 'bad' : 'good'}">${status} ${escaped(STATUS_CODES[status] ?? '')}</span>`;
}

/** @param {string} caption @param {string} path @param {Parameter[]} parameters */
function parameterTable(caption, path, parameters) {
  if (parameters.length === 0) return '';
  const rows = parameters.map((parameter) => {
    const { words, source } = meaningOf(path, parameter);
    return `<tr><th scope="row"><code>${escaped(parameter.name)}</code> <span class="quiet">${PLACES[parameter.where]}</span></th><td><code>${breakable(parameter.value)}</code></td><td>${withCode(escaped(words))} ${sourceLink(source)}</td></tr>`;
  });
  return `<table><caption>${caption}</caption><colgroup><col><col><col></colgroup><thead class="unseen"><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">What it is for</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** @param {import('../log/sources.js').Source | undefined} source */
const sourceLink = (source) => (source ? `<a class="source" href="${escaped(source.url)}" target="_blank" rel="noreferrer">${escaped(source.name)}</a>` : '');

/** @param {string} html */
const withCode = (html) => html.replace(/`([^`]*)`/g, '<code>$1</code>');
