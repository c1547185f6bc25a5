/**
 * Which handler answers which request.
 * @module
 */
import { showConsent, takeDecision } from './authorize.js';
import { developer, isDeveloper } from './developer/routes.js';
import { json, page, redirect } from './http.js';
import { untilReset } from './life.js';
import { hasLoopbackHost } from './own-site.js';
import { elsewherePage } from './pages/elsewhere.js';
import { emptyLog, newEntries, showLog } from './log/log.js';
import { accessTokenEndpoint } from './oauth1/access-token.js';
import { showLevelConsent, takeLevelDecision } from './oauth1/authorize.js';
import { requestTokenEndpoint } from './oauth1/request-token.js';
import { invalidateToken, verifyCredentials } from './oauth1/user.js';
import { appIcon } from './pages/app-icon.js';
import { asset } from './pages/assets.js';
import { avatar } from './pages/avatar.js';
import { homePage } from './pages/home.js';
import { nowherePage } from './pages/nowhere.js';
import { showApps, showSessions, takeLogOut, takeRevocation } from './person/settings.js';
import { showSignIn, takeSignIn } from './person/sign-in.js';
import { revokeEndpoint } from './revoke.js';
import { tokenEndpoint } from './token.js';
import { usersMe } from './users.js';

/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').World} World */
/** @typedef {(world: World, request: Request) => Reply | undefined | Promise<Reply>} Handler */

/** @type {Record<string, Record<string, Handler>>} */
const ROUTES = {
  '/': { GET: (world) => page(world, 200, homePage(world)) },
  '/i/oauth2/authorize': { GET: showConsent, POST: takeDecision },
  '/2/oauth2/token': { POST: tokenEndpoint },
  '/2/oauth2/revoke': { POST: revokeEndpoint },
  '/2/users/me': { GET: usersMe },
  '/oauth/request_token': { POST: requestTokenEndpoint },
  '/oauth/authenticate': { GET: showLevelConsent },
  '/oauth/authorize': { GET: showLevelConsent, POST: takeLevelDecision },
  '/oauth/access_token': { POST: accessTokenEndpoint },
  '/1.1/account/verify_credentials.json': { GET: verifyCredentials },
  '/1.1/oauth/invalidate_token.json': { POST: invalidateToken },
  '/i/flow/login': { GET: showSignIn, POST: takeSignIn },
  '/settings': { GET: (world) => redirect(world, '/settings/connected_apps') },
  '/settings/connected_apps': { GET: showApps, POST: takeRevocation },
  '/settings/sessions': { GET: showSessions, POST: takeLogOut },
  '/log': { GET: showLog, POST: emptyLog },
  '/log/entries': { GET: newEntries },
};

/** Folders whose handler says itself whether it has the file. @type {[string, Handler][]} */
const FOLDERS = [
  ['/_assets/', (_world, { path }) => asset(path)],
  ['/app_icons/', (world, { path }) => appIcon(world, path)],
  ['/profile_images/', (world, { path }) => avatar(world, path)],
];

/**
 * What people look at. These pages know who is signed in, and hold tickets and secrets: under a name that another site has
 * pointed at this machine (DNS rebinding) that site could read them. What programs call asks for a token or a signature.
 */
const FOR_PEOPLE = /^\/(?:$|i\/|oauth\/auth|settings(?:\/|$)|log(?:\/|$)|developer(?:\/|$))/;

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
export const route = (world, request) => untilReset(world.life, () => routed(world, request));

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
async function routed(world, request) {
  if (FOR_PEOPLE.test(request.path) && !hasLoopbackHost(request)) return page(world, 403, elsewherePage(world));
  if (isDeveloper(request.path)) return developer(world, request);
  const methods = Object.hasOwn(ROUTES, request.path) ? ROUTES[request.path] : undefined;
  if (methods) {
    // A preflight (OPTIONS) ends here too: as at X, nothing in the answer lets a page read or send anything.
    const handler = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
    if (handler) return (await handler(world, request)) ?? notFound(world, request);
    return { ...json(405, { title: 'Method Not Allowed', status: 405 }), headers: { Allow: Object.keys(methods).join(', ') } };
  }
  const folder = request.method === 'GET' && FOLDERS.find(([prefix]) => request.path.startsWith(prefix));
  return (folder && (await folder[1](world, request))) || notFound(world, request);
}

/** What programs call: they are answered as X does, whatever they accept. */
const FOR_PROGRAMS = /^\/(?:2|1\.1|oauth|_assets|app_icons|profile_images)\//;

/** @param {World} world @param {Request} request */
function notFound(world, { path, headers: { accept = '' } }) {
  const note = 'There is no such address.';
  if (accept.includes('text/html') && !FOR_PROGRAMS.test(path)) return { ...page(world, 404, nowherePage()), note };
  return { ...json(404, { title: 'Not Found', status: 404 }), note };
}
