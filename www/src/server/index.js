/**
 * The backend half of `sign-in-with-x`: sign-in, session and sign-out behind one function from `Request` to `Response`.
 *
 * The engine decides (routes, guards, checks, what to ask X, what its answers mean); this file carries data between
 * the page, the engine, X and the session store.
 * @module
 */
import { TRANSACTION_SECONDS, claims } from './claims.js';
import { converse, wordFor } from './conversation.js';
import { engine } from './engine.js';
import { settingsOf, wrongOption } from './options.js';
import { renewal } from './renew.js';
import { revocation } from './revoke.js';
import { memorySessions } from './sessions.js';
import { cookieVault, storeVault } from './vault.js';

export { memorySessions };
export { redisSessions } from './redis-sessions.js';
export { buttonStyleSheet, renderButton } from './render.js';

/** How long X's access tokens live (`DEFAULT_LIFE_SECONDS`, src/server/session.rs). */
const LIFE_SECONDS = 7200;

/** @typedef {{ status: number, headers: [string, string][], body?: string }} Answer */

/** @type {import('../../types/server.js').createHandler} */
export function createHandler(options) {
  const settings = settingsOf(options);
  const wasm = engine();
  const wrong = wasm.check(settings);
  if (wrong) throw wrongOption(wrong.option, wrong.hint);

  const { onError = () => {}, waitUntil = () => {}, callbackPage } = options;
  const surroundings = {
    wasm,
    settings,
    limits: wasm.limits(),
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    seconds: () => Math.floor(Date.now() / 1000),
  };
  const sessions = options.sessions ?? (settings.secrets.length > 0 ? undefined : memorySessions());
  const vault = sessions ? storeVault(surroundings, sessions) : cookieVault(surroundings, Math.max(LIFE_SECONDS, settings.sessionSeconds));
  const used = claims(TRANSACTION_SECONDS);
  const revoked = revocation(surroundings, report);
  const fresh = renewal(surroundings, vault, { revoke, report });

  /** A simulator's tokens are no business of X's. @param {import('./vault.js').Session} session */
  function revoke(session) {
    if (settings.tokenEndpoint !== '' && settings.revokeEndpoint === '') return;
    const work = revoked(session).catch(report);
    try {
      waitUntil(work);
    } catch (error) {
      report(error);
    }
  }

  /** @param {any} step the engine's @param {Request} request @returns {Promise<Answer | Response>} */
  async function signIn({ kind, id: before }, request) {
    const outcome = await converse(surroundings, kind, request, {
      carries: vault.carries,
      claim: async (name) => (sessions?.claim ? sessions.claim(name, TRANSACTION_SECONDS) : used.claim(name)),
      async store({ id, session, life }) {
        await vault.keep(id, session, life);
        if (before !== undefined) await vault.end(before);
      },
    });
    if (outcome.error !== undefined) report(outcome.error);
    return outcome.kind === 'page' && callbackPage ? callbackPage(request) : outcome.answer;
  }

  /**
   * The session goes first, the tokens afterwards. The browser forgets its cookie even when the store fails.
   * @param {any} step @returns {Promise<Answer>}
   */
  async function signOut(step) {
    const gone = wasm.signedOut(settings).answer;
    if (step.id === undefined) return gone;
    const session = await vault.read(step).catch(report);
    try {
      await vault.end(step.id);
    } catch (error) {
      report(error);
      const failed = wasm.failed('internal').answer;
      return { ...failed, headers: [...failed.headers, ...gone.headers.filter((/** @type {[string, string]} */ [name]) => name.toLowerCase() === 'set-cookie')] };
    }
    if (session) revoke(session);
    return gone;
  }

  /** What the host's own reporting throws is not the visitor's. @param {unknown} error */
  function report(error) {
    try {
      onError(error);
    } catch {
      // There is nowhere left to say it.
    }
  }

  /** @param {Request} request @returns {Promise<Answer | Response>} */
  async function answer(request) {
    const step = wasm.receive(settings, incomingOf(request));
    switch (step.kind) {
      case undefined:
        return step.answer;
      case 'session':
        return wasm.sessionAnswer(await vault.read(step)).answer;
      case 'signout':
        return signOut(step);
      default:
        return signIn(step, request);
    }
  }

  /** @param {Request} request */
  async function handler(request) {
    const given = await answer(request).catch((error) => {
      const word = wordFor(error);
      if (word === 'internal') report(error);
      return wasm.failed(word).answer;
    });
    return given instanceof Response ? given : new Response(given.body ?? null, given);
  }

  /** @param {Request} request */
  const namedBy = (request) => wasm.sessionNamed(settings, request.headers.get('cookie') ?? '');

  return Object.assign(handler, {
    /** @param {Request} request */
    async getSession(request) {
      const named = namedBy(request);
      return (named.id === undefined ? undefined : await vault.read(named)) ?? null;
    },
    /** @param {Request} request */
    async accessToken(request) {
      const named = namedBy(request);
      const session = named.id === undefined ? undefined : await fresh(named);
      if (!session) return null;
      const { accessToken, accessTokenSecret, accessTokenExpiresAt: expiresAt, scopes } = session;
      return { accessToken, scopes, ...(expiresAt !== undefined && { expiresAt }), ...(accessTokenSecret !== undefined && { accessTokenSecret }) };
    },
  });
}

/** What the engine looks at. @param {Request} request */
function incomingOf({ method, url, headers }) {
  const header = (/** @type {string} */ name) => headers.get(name) ?? '';
  return {
    method,
    path: new URL(url).pathname,
    contentType: header('content-type'),
    requestedWith: header('x-requested-with'),
    origin: header('origin'),
    secFetchSite: header('sec-fetch-site'),
    secFetchDest: header('sec-fetch-dest'),
    secFetchMode: header('sec-fetch-mode'),
    secPurpose: header('sec-purpose'),
    purpose: header('purpose'),
    xPurpose: header('x-purpose'),
    xMoz: header('x-moz'),
    nextRouterPrefetch: header('next-router-prefetch'),
    rsc: header('rsc'),
    cookie: header('cookie'),
  };
}
