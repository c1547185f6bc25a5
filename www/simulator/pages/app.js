/**
 * What pages say of an App: who it is, what it says of itself, and what it may do.
 * @module
 */
import { appIconTag } from './app-icon.js';
import { escaped } from './layout.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */

/**
 * The head of a page that an App asks for.
 * @param {RunningApp | undefined} app
 * @param {string} heading plain text
 */
export function appHead(app, heading) {
  return `<div class="app">${app ? appIconTag(app, 56) : ''}
<div class="who"><h1>${escaped(heading)}</h1>
${app?.website ? `<p class="quiet">${escaped(app.website)}</p>` : ''}</div></div>`;
}

/**
 * What it is, who is behind it, and under which terms, as far as its developer has filled that in.
 * @param {RunningApp | undefined} app
 */
export function appAbout(app) {
  if (!app) return '';
  const { description, organizationName, organizationUrl, termsOfService, privacyPolicy } = app;
  const organization = organizationName ?? organizationUrl;
  const links = [
    ...(organization === undefined ? [] : [organizationUrl === undefined ? escaped(organization) : link(organizationUrl, organization)]),
    ...(termsOfService === undefined ? [] : [link(termsOfService, 'Terms of service')]),
    ...(privacyPolicy === undefined ? [] : [link(privacyPolicy, 'Privacy policy')]),
  ];
  const about = description === undefined ? '' : `<p class="quiet small">${escaped(description)}</p>`;
  return links.length === 0 ? about : `${about}<p class="quiet small terms">${escaped(app.name)}: ${links.join('\u00a0· ')}</p>`;
}

/** In a tab of its own: whoever reads the terms has a decision to come back to. @param {string} url @param {string} label */
const link = (url, label) => `<a href="${escaped(url)}" target="_blank" rel="noreferrer">${escaped(label)}</a>`;

/**
 * The two lists, under X's headings. One with nothing in it is left out.
 * @param {{ view: string[], do: string[] }} lists
 * @param {{ level?: 'h2' | 'h4', suffix?: string }} [where] `suffix` keeps ids apart when an App of several is shown
 */
export const permissionLists = (lists, { level = 'h2', suffix = '' } = {}) =>
  [
    permissionList(`view${suffix}`, 'Things this App can view', lists.view, level),
    permissionList(`do${suffix}`, 'Things this App can do', lists.do, level),
  ].join('\n');

/** @param {string} id @param {string} heading @param {string[]} items @param {string} level */
function permissionList(id, heading, items, level) {
  if (items.length === 0) return '';
  return `<section class="permissions" id="things-${id}"><${level}>${heading}</${level}><ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul></section>`;
}
