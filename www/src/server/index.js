/**
 * The backend half of `sign-in-with-x`: sign-in, session and sign-out behind one function from `Request` to `Response`.
 *
 * The engine decides (routes, guards, checks, what to ask X, what its answers mean); this file carries data between
 * the page, the engine, X and the session store.
 * @module
 */
import { converse, wordFor } from './conversation.js';
import { engine } from './engine.js';
import { settingsOf, wrongOption } from './options.js';
import { claims } from './claims.js';
import { memorySessions } from './sessions.js';

export { memorySessions };
export { buttonStyleSheet, renderButton } from './render.js';

/** @typedef {{ status: number, headers: [string, string][], body?: string }} Answer */

/** @type {import('../../types/server.js').createHandler} */
export function createHandler(options) {
  const settings = settingsOf(options);
  const wasm = engine();
  const wrong = wasm.check(settings);
  if (wrong) throw wrongOption(wrong.option, wrong.hint);

  const limits = wasm.limits();
  const { sessions = memorySessions(), onError = () => {} } = options;
  const fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
  const seconds = () => Math.floor(Date.now() / 1000);

  /** @param {string | undefined} id */
  async function live(id) {
    const session = id === undefined ? undefined : await sessions.get(id);
    return session && session.expiresAt > Date.now() ? session : undefined;
  }

  const surroundings = { wasm, settings, fetch, limits, seconds };
  const claimed = claims();

  /** @param {string} kind @param {Request} request @param {string | undefined} before @returns {Promise<Answer | Response>} */
  async function signIn(kind, request, before) {
    const outcome = await converse(surroundings, kind, request, {
      claim: async (name) => (sessions.claim ? sessions.claim(name, claimed.seconds) : claimed.claim(name)),
      async store({ id, session, life }) {
        await sessions.set(id, { ...session, expiresAt: Date.now() + life * 1000 }, life);
        if (before !== undefined) await sessions.delete(before);
      },
    });
    if (outcome.error !== undefined) report(outcome.error);
    return outcome.kind === 'page' && options.callbackPage ? options.callbackPage(request) : outcome.answer;
  }

  /** The browser forgets its cookie even when the store fails. @param {string | undefined} id @returns {Promise<Answer>} */
  async function signOut(id) {
    const gone = wasm.signedOut(settings).answer;
    try {
      if (id !== undefined) await sessions.delete(id);
      return gone;
    } catch (error) {
      report(error);
      const failed = wasm.failed('internal').answer;
      return { ...failed, headers: [...failed.headers, ...gone.headers.filter((/** @type {[string, string]} */ [name]) => name.toLowerCase() === 'set-cookie')] };
    }
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
        return wasm.sessionAnswer(await live(step.id)).answer;
      case 'signout':
        return signOut(step.id);
      default:
        return signIn(step.kind, request, step.id);
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

  return Object.assign(handler, {
    /** @param {Request} request */
    getSession: async (request) => (await live(wasm.sessionId(settings, request.headers.get('cookie') ?? ''))) ?? null,
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
