/**
 * What the simulator prints: what to paste into a host's configuration, and one line for each event.
 * @module
 */

/** @param {import('./index.js').Simulator} simulator */
export function pasteText({ url, apiUrl, apps, accounts }) {
  return `Simulator of X on ${url}  (nothing here reaches x.com; Ctrl-C ends it)

${apps.map((app) => appText(app, url, apiUrl)).join('\n')}
Accounts: ${accounts.map(({ username }) => `@${username}`).join(', ')}
`;
}

/**
 * @param {import('./types.js').RunningApp} app
 * @param {string} url
 * @param {string} apiUrl
 */
function appText({ name, type, clientId, clientSecret, redirectUris, oauth1 }, url, apiUrl) {
  const callback = redirectUris[0] ?? '';
  const origin = URL.canParse(callback) ? new URL(callback).origin : '';
  return `App "${name}" (${type}). In the page:

  createSignIn({
    clientId: '${clientId}',
    redirectUri: '${callback}',
    endpoints: { authorize: '${url}/i/oauth2/authorize' },
  })

In the back end:

  createHandler({
    clientId: '${clientId}',${clientSecret === undefined ? '' : `\n    clientSecret: '${clientSecret}',`}
    redirectUris: [${redirectUris.map((uri) => `'${uri}'`).join(', ')}],
    origin: '${origin}',
    endpoints: { token: '${apiUrl}/2/oauth2/token', user: '${apiUrl}/2/users/me' },
  })

Or with OAuth 1.0a, in a back end only (${oauth1.access}):

  consumer key     ${oauth1.consumerKey}
  consumer secret  ${oauth1.consumerSecret}
  request token    ${apiUrl}/oauth/request_token
  sign-in          ${url}/oauth/authenticate  or  ${url}/oauth/authorize
  access token     ${apiUrl}/oauth/access_token
  user             ${apiUrl}/1.1/account/verify_credentials.json
`;
}

/** @param {import('./types.js').Event} event */
export function eventLine({ type, time, parameters }) {
  const facts = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  // Parameters come from whoever sent the request: no line breaks and no escape sequences for the terminal.
  const line = [type, ...facts].join(' ').replace(/\p{Cc}/gu, '\uFFFD');
  return `${new Date(time).toISOString().slice(11, 23)} ${line}\n`;
}
