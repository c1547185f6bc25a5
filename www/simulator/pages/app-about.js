/**
 * What an App says of itself on the consent page, if its developer has filled that in: its picture, what it is, who is
 * behind it, and under which terms.
 * @module
 */
import { appIconTag } from './app-icon.js';
import { escaped } from './layout.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */

/** Only a picture that somebody chose: the drawn one says nothing. @param {RunningApp | undefined} app */
export const appHeader = (app) => (app?.icon ? `<p class="app-picture">${appIconTag(app, 56)}</p>\n` : '');

/** @param {RunningApp | undefined} app */
export function aboutApp(app) {
  if (!app) return '';
  const { description, organizationName, organizationUrl, termsOfService, privacyPolicy } = app;
  const organization = organizationName ?? organizationUrl;
  const links = [
    ...(organization === undefined ? [] : [organizationUrl === undefined ? escaped(organization) : link(organizationUrl, organization)]),
    ...(termsOfService === undefined ? [] : [link(termsOfService, 'Terms of service')]),
    ...(privacyPolicy === undefined ? [] : [link(privacyPolicy, 'Privacy policy')]),
  ];
  const about = description === undefined ? '' : `<p class="quiet small">${escaped(description)}</p>\n`;
  return links.length === 0 ? about : `${about}<p class="quiet small about-app">${links.join(' · ')}</p>\n`;
}

/** In a tab of its own: whoever reads the terms has a decision to come back to. @param {string} url @param {string} label */
const link = (url, label) => `<a href="${escaped(url)}" target="_blank" rel="noreferrer">${escaped(label)}</a>`;
