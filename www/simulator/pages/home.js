/**
 * The front page: what this simulator was started with.
 * @module
 */
import { suspendedTag } from '../developer/frame.js';
import { TYPE_NAMES } from '../developer/words.js';
import { appIconTag } from './app-icon.js';
import { pictureOf } from './avatar.js';
import { breakable, escaped, layout } from './layout.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */

const PAGES = [
  ['/developer', 'Developer console', 'Apps: create them, change their settings, regenerate their keys.'],
  ['/log', 'Log', 'What came, as it comes, and what each parameter is for.'],
  ['/settings/connected_apps', 'Connected apps', 'What a person let in, and taking it back.'],
  ['/settings/sessions', 'Sessions', 'Where a person is signed in, and logging out.'],
];

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
<nav aria-label="Pages"><ul class="menu">${PAGES.map(([path, name, about]) => `<li><a href="${path}">${name}</a> <span class="quiet">${about}</span></li>`).join('')}</ul></nav>
<h2>Endpoints</h2>
${facts(endpoints)}
<h2>Endpoints of OAuth 1.0a</h2>
${facts(oauth1)}
<h2>Apps</h2>
${[...apps.values()].map(appEntry).join('\n')}
<h2>Accounts</h2>
<ul class="people">${accounts.map((account) => `<li class="account"><img src="${pictureOf(account)}" alt="" width="44" height="44"><span class="who"><span class="name">${escaped(account.name)}</span><span class="handle">@${escaped(account.username)}</span></span></li>`).join('')}</ul>`,
  );
}

/** @param {RunningApp} app */
function appEntry(app) {
  const { id, name, type, clientId, oauth1, redirectUris, suspended } = app;
  return `<article class="entry"><div class="app">${appIconTag(app, 44)}<div class="who"><h3><a href="/developer/apps/${id}">${escaped(name)}</a>${suspendedTag(suspended)}</h3><p class="quiet">${TYPE_NAMES[type]}</p></div></div>
${facts([['Client ID', clientId], ['API key', oauth1.consumerKey], ['Callbacks', redirectUris.join('\n')]])}</article>`;
}

/** @param {string[][]} pairs */
function facts(pairs) {
  return `<dl>${pairs.map(([term = '', fact = '']) => `<dt>${escaped(term)}</dt><dd>${breakable(fact)}</dd>`).join('')}</dl>`;
}
