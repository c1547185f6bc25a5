/**
 * The front page: what this simulator was started with.
 * @module
 */
import { escaped, layout } from './layout.js';
import { pictureOf } from './avatar.js';

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
<nav class="places" aria-label="Pages"><a href="/log">Log of all requests</a><a href="/settings/connected_apps">Connected apps</a><a href="/settings/sessions">Sessions</a></nav>
<h2>Endpoints</h2>
${facts(endpoints)}
<h2>Endpoints of OAuth 1.0a</h2>
${facts(oauth1)}
<h2>Apps</h2>
<p><a href="/developer">Developer console</a>: create Apps, change their settings, regenerate their keys.</p>
${[...apps.values()].map((app) => facts([['Name', `${app.name} (${app.type})`], ['Client ID', app.clientId], ['API key', app.oauth1.consumerKey], ['Callbacks', app.redirectUris.join('\n')]])).join('')}
<h2>Accounts</h2>
<ul class="people">${accounts.map((account) => `<li class="account"><img src="${pictureOf(account)}" alt="" width="44" height="44"><span class="who"><span class="name">${escaped(account.name)}</span><span class="handle">@${escaped(account.username)}</span></span></li>`).join('')}</ul>`,
  );
}

/** @param {string[][]} pairs */
function facts(pairs) {
  return `<dl>${pairs.map(([term = '', fact = '']) => `<dt>${escaped(term)}</dt><dd>${breakable(escaped(fact))}</dd>`).join('')}</dl>`;
}

/** A long address breaks after a slash rather than inside a word. @param {string} html */
export const breakable = (html) => html.replace(/(?<=[^/]\/)(?=[^/])/g, '<wbr>');
