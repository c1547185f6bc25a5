/**
 * What the simulator prints: what to paste into a host's configuration, and one line for each event.
 * @module
 */
import { plain, quoted } from './terminal-text.js';

/** @typedef {import('./types.js').RunningApp} RunningApp */

/** @param {import('./index.js').Simulator} simulator @param {{ state?: string, notices?: string[] }} [more] */
export function pasteText({ url, apiUrl, apps, accounts }, { state, notices = [] } = {}) {
  return `Simulator of X on ${url}  (nothing here reaches x.com; Ctrl-C ends it)
Developer console: ${url}/developer
Log of requests:   ${url}/log
Settings:          ${url}/settings/connected_apps  ${url}/settings/sessions
${state === undefined ? '' : `Kept in ${plain(state)}, secrets among it\n`}${notices.map((notice) => `\nNote: ${plain(notice)}\n`).join('')}
${apps.map((app) => appText(app, url, apiUrl)).join('\n') || 'No Apps yet: create one in the developer console.\n'}
Accounts: ${accounts.map(({ username }) => `@${plain(username)}`).join(', ')}
`;
}

/**
 * @param {RunningApp} app
 * @param {string} url
 * @param {string} apiUrl
 */
function appText(app, url, apiUrl) {
  const { name, type, oauth1, oauth2, requestEmail, suspended } = app;
  const title = `App "${plain(name)}" (${type}${suspended ? ', suspended' : ''}).`;
  if (!oauth1.enabled && !oauth2.enabled) return `${title} Nobody can sign in yet: set up its User authentication in the developer console.\n`;
  const email = requestEmail ? '' : '\nE-mail addresses: not for this App. X wants its terms and privacy policy first: --app terms=URL --app privacy=URL\n';
  return `${title}${oauth2.enabled ? oauth2Text(app, url, apiUrl) : ''}${oauth1.enabled ? oauth1Text(app, url, apiUrl) : ''}${email}`;
}

/** @param {RunningApp} app */
const originOf = ({ redirectUris: [callback = ''] }) => (URL.canParse(callback) ? new URL(callback).origin : '');

/** @param {RunningApp} app @param {string} url @param {string} apiUrl */
function oauth2Text(app, url, apiUrl) {
  const { clientId, clientSecret, redirectUris } = app;
  return ` In the page:

  createSignIn({
    clientId: ${quoted(clientId)},
    redirectUri: ${quoted(redirectUris[0] ?? '')},
    endpoints: { authorize: '${url}/i/oauth2/authorize' },
  })

In the back end:

  createHandler({
    clientId: ${quoted(clientId)},${clientSecret === undefined ? '' : `\n    clientSecret: ${quoted(clientSecret)},`}
    redirectUris: [${redirectUris.map(quoted).join(', ')}],
    origin: ${quoted(originOf(app))},
    endpoints: {
      authorize: '${url}/i/oauth2/authorize',
      token: '${apiUrl}/2/oauth2/token',
      revoke: '${apiUrl}/2/oauth2/revoke',
      user: '${apiUrl}/2/users/me',
      oauth1: '${url}',
    },
  })
`;
}

/** @param {RunningApp} app @param {string} url @param {string} apiUrl */
function oauth1Text({ oauth1, oauth2 }, url, apiUrl) {
  return `
${oauth2.enabled ? 'Or with' : 'With'} OAuth 1.0a, in a back end only (${oauth1.access}). In createHandler, beside \`secrets\`:

    oauth1: { consumerKey: ${quoted(oauth1.consumerKey)}, consumerSecret: ${quoted(oauth1.consumerSecret)} },${oauth2.enabled ? '' : `\n    endpoints: { oauth1: '${url}' },`}

In other libraries:

  request token    ${apiUrl}/oauth/request_token
  sign-in          ${url}/oauth/authenticate  or  ${url}/oauth/authorize
  access token     ${apiUrl}/oauth/access_token
  user             ${apiUrl}/1.1/account/verify_credentials.json
`;
}

/** @param {import('./types.js').Event} event */
export function eventLine({ type, time, parameters }) {
  const facts = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return `${new Date(time).toISOString().slice(11, 23)} ${plain([type, ...facts].join(' '))}\n`;
}
