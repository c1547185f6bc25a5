/**
 * The backend half of `sign-in-with-x`: sign-in, session and sign-out behind one function from `Request` to `Response`.
 *
 * The engine decides (routes, guards, checks, what to ask X, what its answers mean); this file carries data between
 * the page, the engine, X and the session store.
 * @module
 */
import { TooLarge, readText } from './body.js';
import { engine } from './engine.js';
import { settingsOf, wrongOption } from './options.js';
import { memorySessions } from './sessions.js';
import { UpstreamError, send } from './upstream.js';

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

  /** @param {Request} request @param {string | undefined} before @returns {Promise<Answer>} */
  async function exchange(request, before) {
    const asked = wasm.tokenRequest(settings, await readText(request.body, limits.request));
    if (asked.answer) return asked.answer;
    const granted = wasm.userRequest(settings, await send(fetch, asked.request, limits), seconds());
    if (granted.answer) return granted.answer;
    const done = wasm.signedIn(settings, granted.tokens, await send(fetch, granted.request, limits), seconds());
    if (done.session) {
      await sessions.set(done.id, { ...done.session, expiresAt: Date.now() + done.life * 1000 }, done.life);
      if (before !== undefined) await sessions.delete(before);
    }
    return done.answer;
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

  /** @param {Request} request @returns {Promise<Answer>} */
  async function answer(request) {
    const header = (/** @type {string} */ name) => request.headers.get(name) ?? '';
    const step = wasm.receive(settings, {
      method: request.method,
      path: new URL(request.url).pathname,
      contentType: header('content-type'),
      requestedWith: header('x-requested-with'),
      origin: header('origin'),
      secFetchSite: header('sec-fetch-site'),
      cookie: header('cookie'),
    });
    switch (step.kind) {
      case 'exchange':
        return exchange(request, step.id);
      case 'session':
        return wasm.sessionAnswer(await live(step.id)).answer;
      case 'signout':
        return signOut(step.id);
      default:
        return step.answer;
    }
  }

  /** @param {Request} request */
  async function handler(request) {
    const { status, headers, body } = await answer(request).catch((error) => {
      if (error instanceof UpstreamError) return wasm.failed(error.what).answer;
      if (error instanceof TooLarge) return wasm.failed('too_large').answer;
      report(error);
      return wasm.failed('internal').answer;
    });
    return new Response(body ?? null, { status, headers });
  }

  return Object.assign(handler, {
    /** @param {Request} request */
    getSession: async (request) => (await live(wasm.sessionId(settings, request.headers.get('cookie') ?? ''))) ?? null,
  });
}
