/**
 * The log, newest first, with each parameter explained. It updates itself where scripts run; elsewhere by reloading.
 * @module
 */
import { STATUS_CODES } from 'node:http';
import { meaningOf, purposeOf } from '../log/words.js';
import { breakable, escaped, layout } from './layout.js';

/** @typedef {import('../log/requests.js').Entry} Entry */
/** @typedef {import('../log/requests.js').Parameter} Parameter */

/** So many are open when the page comes; the others open when they are pressed. */
const OPEN = 5;

/** Where a parameter was. */
const PLACES = { query: 'query', form: 'form', header: 'header', Authorization: 'in Authorization', callback: 'query', body: 'body' };

/**
 * @param {Entry[]} entries newest first
 * @param {number} change
 */
export function logPage(entries, change) {
  return layout(
    'Log',
    `<h1>Log</h1>
<p class="quiet">Every request that came to this simulator, the newest first, and what each parameter is for. The values of harmless parameters are shown, all others by their length and a fingerprint; times are UTC.</p>
<p class="quiet" id="live" role="status">Reload the page to see what is new.</p>
<nav class="places" aria-label="Pages"><a href="/log">Reload</a><a href="/">The simulator’s front page</a></nav>
<ol class="log" id="requests" reversed data-change="${change}">
${entriesHtml(entries)}
</ol>
<p id="none"${entries.length === 0 ? '' : ' hidden'}>Nothing has come yet. Start a sign-in from your app.</p>`,
    { wide: true, script: '/_assets/log.js' },
  );
}

/** @param {Entry[]} entries */
export const entriesHtml = (entries) => entries.map((entry, index) => entryHtml(entry, index < OPEN)).join('\n');

/** @param {Entry} entry @param {boolean} open */
function entryHtml({ id, time, method, path, parameters, status, location, answer = [] }, open) {
  const purpose = purposeOf(method, path);
  const iso = new Date(time).toISOString();
  return `<li id="request-${id}"><details${open ? ' open' : ''}>
<summary><span class="method">${escaped(method)}</span> <span class="path">${breakable(path)}</span> ${statusTag(status)} <time datetime="${iso}">${iso.slice(11, 19)}</time></summary>
${purpose ? `<p>${escaped(purpose.words)} ${sourceLink(purpose.source)}</p>` : ''}
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
