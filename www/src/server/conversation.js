/**
 * A sign-in between the page, X and the engine: the engine says what to ask X, and in the end what to answer.
 * @module
 */
import { BrokenOff, TooLarge, readText } from './body.js';
import { UpstreamError, send } from './upstream.js';

/**
 * `id`, `session`, `life` and `ends` (the sessions before) are there when somebody signed in; `dropped` are tokens of a
 * sign-in that failed after X had given them.
 * @typedef {import('./index.js').Answer} Answer
 * @typedef {{ answer: Answer, kind?: 'page', id: string, session?: any, life: number, ends?: import('./vault.js').Named[], dropped?: any, error?: unknown }} Outcome
 * @typedef {{ wasm: ReturnType<typeof import('./engine.js').engine>, settings: ReturnType<typeof import('./options.js').settingsOf>, fetch: typeof globalThis.fetch, limits: any, seconds: () => number }} Surroundings
 */

/**
 * @param {Surroundings} surroundings
 * @param {{ kind: string, ownPage: boolean }} step the engine's, for the route
 * @param {Request} request
 * @param {{ carries: boolean, wait: () => number | undefined, claim: (name: string, until: number) => Promise<boolean>, store: (outcome: Outcome) => Promise<unknown> }} memory
 * @returns {Promise<Outcome>}
 */
export async function converse({ wasm, settings, fetch, limits, seconds }, { kind, ownPage }, request, { carries, wait, claim, store }) {
  const text = request.method === 'POST' ? await readText(request.body, limits.request) : new URL(request.url).search;
  const conversation = new wasm.Conversation(settings, request.headers.get('cookie') ?? '', carries);
  try {
    let next = conversation.begin(kind, text, ownPage, seconds());
    const tooEarly = next.request && wait();
    if (tooEarly) return conversation.tooOften(tooEarly);
    // Before X is asked: of two that bring the same one asks.
    if (next.used !== undefined && !(await claim(next.used, next.usedUntil))) return conversation.failed('used');
    while (next.request) next = conversation.heard(await send(fetch, next.request, limits), seconds());
    if (next.session) await store(next);
    return next;
  } catch (error) {
    const over = conversation.failed(wordFor(error));
    // What the host's own store threw is the host's to hear.
    return error instanceof UpstreamError ? over : { ...over, error };
  } finally {
    conversation.free();
  }
}

/** The engine's word for what went wrong outside. @param {unknown} error */
export function wordFor(error) {
  if (error instanceof UpstreamError) return error.what;
  if (error instanceof BrokenOff) return 'broken_off';
  return error instanceof TooLarge ? 'too_large' : 'internal';
}
