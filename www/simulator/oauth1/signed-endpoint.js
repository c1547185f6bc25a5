/**
 * What the endpoints have in common that programs sign their requests to: the journal, the faults, the check, and the
 * headers by which X tells its time and how far a token reaches.
 * @module
 */
import { answered } from '../faults/act.js';
import { html } from '../http.js';
import { masked } from '../mask.js';
import { formEncoded } from './encoding.js';
import { numbered } from './errors.js';
import { signedParameters } from './parameters.js';
import { sentence } from '../sentence.js';
import { verify } from './verify.js';

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./verify.js').Failure} Failure */
/** @typedef {import('./verify.js').Verified} Verified */

/**
 * @param {World} world
 * @param {Request} request
 * @param {{ stage: 'request_token' | 'access_token' | 'credentials' | 'invalidate', token: import('./verify.js').TokenKind }} what
 * @param {(verified: Verified) => Reply | Failure} work
 * @returns {Promise<Reply>}
 */
export async function signedEndpoint(world, request, { stage, token }, work) {
  const parameters = signedParameters(request);
  world.journal.record(`${stage}_request`, masked(parameters.values));
  /** @type {Failure | undefined} */
  let refused;
  /** @type {Record<string, string>} */
  let level = {};
  const reply = await answered(world, stage, {}, () => {
    const verified = verify(world, request, parameters, token);
    level = { ...accessLevel(verified), ...rateOf(world, stage, verified) };
    const outcome = 'failure' in verified ? verified.failure : work(verified);
    if (!('reason' in outcome)) return outcome;
    refused = outcome;
    return numbered(outcome.code);
  });
  world.journal.record(`${stage}_response`, { status: reply.status, ...refused });
  // X's clock is what a client corrects its own by, and this one may be ahead of the machine's.
  return { ...reply, ...(refused && { note: sentence(refused.reason) }), headers: { ...reply.headers, ...level, Date: new Date(world.clock.now()).toUTCString() } };
}

/**
 * How far the token of a request reaches: on every answer to one that a person's token signed.
 * @param {Verified | { failure: Failure }} verified
 * @returns {Record<string, string>}
 */
export function accessLevel(verified) {
  return 'userToken' in verified && verified.userToken ? { 'x-access-level': verified.userToken.access } : {};
}

/**
 * X tells how often it may still be asked on the calls of its API, and on none of those that a sign-in is made of.
 * @param {World} world
 * @param {import('../types.js').Stage} stage
 * @param {Verified | { failure: Failure }} verified
 * @returns {Record<string, string>}
 */
function rateOf(world, stage, verified) {
  if (stage !== 'credentials' || !('userToken' in verified) || !verified.userToken) return {};
  return world.rates.use(`credentials ${verified.app.clientId} ${verified.userToken.accountId}`, world.clock.now());
}

/** X's answers with tokens call themselves HTML. @param {[string, string][]} pairs */
export const form = (pairs) => html(200, formEncoded(pairs));
