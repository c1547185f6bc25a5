/**
 * The backend half of `sign-in-with-x`: sign-in, session and sign-out behind one function from `Request` to `Response`.
 *
 * The engine decides (routes, guards, checks, what to ask X, what its answers mean); this file carries data between
 * the page, the engine, X and the session store.
 * @module
 */
import { converse, wordFor } from './conversation.js';
import { engine } from './engine.js';
import { hostOf } from './host.js';
import { Late } from './late.js';
import { settingsOf, wrongOption } from './options.js';
import { RefreshError, renewal } from './renew.js';
import { revocation } from './revoke.js';
import { memorySessions } from './sessions.js';
import { spentOf } from './spent.js';
import { cookieVault, storeVault } from './vault.js';

export { memorySessions };
export { redisSessions } from './redis-sessions.js';
export { buttonStyleSheet, renderButton } from './render.js';

/** As long as a transaction can live (`LIFE_SECONDS`, src/server/held/jar.rs). */
const TRANSACTION_SECONDS = 600;

/** @typedef {{ status: number, headers: [string, string][], body?: string }} Answer */

/** @type {import('../../types/server.js').createHandler} */
export function createHandler(options) {
  const settings = settingsOf(options);
  const wasm = engine();
  const wrong = wasm.check(settings);
  if (wrong) throw wrongOption(wrong.option, wrong.hint);

  const { callbackPage, clientOf } = options;
  const { report, later } = hostOf(options);
  const surroundings = {
    wasm,
    settings,
    limits: wasm.limits(),
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    seconds: () => Math.floor(Date.now() / 1000),
  };
  const given = options.sessions ?? (settings.secrets.length > 0 ? undefined : memorySessions());
  const sessions = given?.forClient?.(settings.clientId) ?? given;
  const vault = sessions ? storeVault(surroundings, sessions, report) : cookieVault(surroundings);
  const used = spentOf(surroundings, 'transactions');
  const rate = new wasm.Rate();
  const revoked = revocation(surroundings, report);
  const { fresh, halt } = renewal(surroundings, vault, { revoke, report, later });

  /** A simulator's tokens are no business of X's. @param {import('./vault.js').Session} session */
  function revoke(session) {
    if (settings.tokenEndpoint === '' || settings.revokeEndpoint !== '') later(revoked(session));
  }

  /** The session goes first, the tokens afterwards. @param {import('./vault.js').Named} named */
  async function end(named) {
    const over = await halt(named.id);
    try {
      const session = await vault.take(named);
      if (session) revoke(session);
    } catch (error) {
      // Nobody waits for the store any longer, and it may end the session yet: then nobody else has its tokens.
      if (error instanceof Late) later(error.answer.then((session) => session && revoke(session)));
      throw error;
    } finally {
      over();
    }
  }

  /** @param {any} step the engine's @param {Request} request @returns {Promise<Answer | Response>} */
  async function signIn(step, request) {
    const client = clientOf?.(request);
    // Whatever else is made text of is the same for everybody: a promise, an object.
    if (client !== undefined && typeof client !== 'string') throw new TypeError('clientOf gave neither text nor undefined');
    const outcome = await converse(surroundings, step, request, {
      carries: vault.carries,
      wait: () => (client === undefined ? undefined : rate.ask(client, surroundings.seconds())),
      claim: async (name, until) => (sessions?.claim ? sessions.claim(name, TRANSACTION_SECONDS) : used.spend(name, until, surroundings.seconds())),
      async store({ id, session, life, ends = [] }) {
        await vault.keep(id, session, life);
        for (const before of ends) await end(before);
      },
    });
    if (outcome.error !== undefined) report(outcome.error);
    if (outcome.dropped !== undefined) revoke(outcome.dropped);
    return outcome.kind === 'page' && callbackPage ? callbackPage(request) : outcome.answer;
  }

  /** The browser forgets its cookie even when the store fails. @param {any} step @returns {Promise<Answer>} */
  async function signOut(step) {
    const gone = wasm.signedOut(settings).answer;
    try {
      if (step.id !== undefined) await end(step);
      return gone;
    } catch (error) {
      report(error);
      const failed = wasm.failed('internal').answer;
      return { ...failed, headers: [...failed.headers, ...gone.headers.filter((/** @type {[string, string]} */ [name]) => name.toLowerCase() === 'set-cookie')] };
    }
  }

  /** For the page, where the host asked for that. @param {import('./vault.js').Named} named @returns {Promise<Answer>} */
  async function token(named) {
    try {
      return wasm.tokenAnswer(settings, await fresh(named), surroundings.seconds()).answer;
    } catch (error) {
      if (error instanceof RefreshError) return wasm.refused(error.failure).answer;
      throw error;
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
      case 'token':
        return token(step);
      default:
        return signIn(step, request);
    }
  }

  /** @param {Answer | Response} said */
  const responseOf = (said) => (said instanceof Response ? said : new Response(said.body ?? null, said));

  /** @param {Request} request */
  const handler = (request) => answer(request).then(responseOf).catch((error) => {
    const word = wordFor(error);
    if (word === 'internal') report(error);
    return responseOf(wasm.failed(word).answer);
  });

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
  const { pathname, search } = new URL(url);
  return {
    method,
    path: pathname,
    query: search !== '',
    contentType: header('content-type'),
    requestedWith: header('x-requested-with'),
    origin: header('origin'),
    secFetchSite: header('sec-fetch-site'),
    referer: header('referer'),
    secFetchDest: header('sec-fetch-dest'),
    secFetchMode: header('sec-fetch-mode'),
    accept: header('accept'),
    secPurpose: header('sec-purpose'),
    purpose: header('purpose'),
    xPurpose: header('x-purpose'),
    xMoz: header('x-moz'),
    nextRouterPrefetch: header('next-router-prefetch'),
    rsc: header('rsc'),
    cookie: header('cookie'),
  };
}
