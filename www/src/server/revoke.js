/**
 * Taking tokens back at X after a sign-out (RFC 7009). Nobody waits for it.
 * @module
 */
import { send } from './upstream.js';

/** Milliseconds before the second and last try. */
const PAUSE = 1000;

/**
 * @param {import('./conversation.js').Surroundings} surroundings
 * @param {(error: unknown) => void} report
 */
export function revocation({ wasm, settings, fetch, limits }, report) {
  /** @param {import('./upstream.js').UpstreamRequest} request */
  const ask = (request) => send(fetch, request, limits).then((response) => wasm.revoked(response), () => 'later');

  /** @param {import('./vault.js').Session} session */
  return async (session) => {
    // OAuth 1.0a: one token for all of a person's sessions with the app. Taking it back would end the others.
    if (session.accessTokenSecret !== undefined) return;
    for (const request of wasm.revokeRequests(settings, session)) {
      let became = await ask(request);
      if (became === 'later') {
        await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
        became = await ask(request);
      }
      if (became !== 'done') report(new Error('X has not taken a token back after a sign-out; it lives until it expires'));
    }
  };
}
