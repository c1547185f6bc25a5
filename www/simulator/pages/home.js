/**
 * The front page: what this simulator was started with.
 * @module
 */
import { suspendedTag } from '../developer/frame.js';
import { TYPE_NAMES } from '../developer/words.js';
import { appIconTag } from './app-icon.js';
import { pictureOf } from './avatar.js';
import { breakable, escaped, layout } from './layout.js';
import { pagesMenu } from './menu.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */

/** @param {import('../types.js').World} world */
export function homePage({ url, apiUrl, apps, accounts }) {
  const endpoints = [
    ['Authorize', `${url}/i/oauth2/authorize`],
    ['Token', `${apiUrl}/2/oauth2/token`],
    ['Revoke', `${apiUrl}/2/oauth2/revoke`],
    ['User', `${apiUrl}/2/users/me`],
  ];
  const oauth1 = [
    ['Request', `${apiUrl}/oauth/request_token`],
    ['Sign in', `${url}/oauth/authenticate`],
    ['Authorize', `${url}/oauth/authorize`],
    ['Access', `${apiUrl}/oauth/access_token`],
    ['User', `${apiUrl}/1.1/account/verify_credentials.json`],
    ['Revoke', `${apiUrl}/1.1/oauth/invalidate_token.json`],
  ];
  return layout(
    'Simulator of X',
    `<h1>Simulator of X</h1>
<p class="quiet">For development and tests. Start a sign-in from your app.</p>
${pagesMenu()}
<h2>Endpoints</h2>
${facts(endpoints)}
<h2>Endpoints of OAuth 1.0a</h2>
${facts(oauth1)}
<h2>Apps</h2>
<p class="quiet">Client IDs and API Keys are no secrets, so they stand here whole. X’s console shows an API Key once.</p>
${[...apps.values()].map(appEntry).join('\n')}
<h2>Accounts</h2>
<ul class="people">${accounts.map((account) => `<li class="account"><img src="${pictureOf(account)}" alt="" width="44" height="44"><span class="who"><span class="name">${escaped(account.name)}</span><span class="handle">@${escaped(account.username)}</span></span></li>`).join('')}</ul>`,
  );
}

/** @param {RunningApp} app */
function appEntry(app) {
  const { id, name, type, clientId, oauth1, redirectUris, suspended } = app;
  return `<article class="entry"><div class="app whole-link">${appIconTag(app, 44)}<div class="who"><h3><a href="/developer/apps/${id}">${escaped(name)}</a></h3><p class="quiet">${TYPE_NAMES[type]}</p></div>${suspendedTag(suspended)}</div>
${facts([['Client ID', clientId], ['API key', oauth1.consumerKey], ['Callbacks', redirectUris.join('\n')]])}</article>`;
}

/** @param {string[][]} pairs */
function facts(pairs) {
  return `<dl>${pairs.map(([term = '', fact = '']) => `<dt>${escaped(term)}</dt><dd>${breakable(fact)}</dd>`).join('')}</dl>`;
}
