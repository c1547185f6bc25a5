/**
 * Where the simulator's own work meets the faults: ways in which X, or somebody between, misbehaves.
 *
 * The stages, and what is there to be changed:
 * - `page`, `token`, `user`, `revoke`, and those of OAuth 1.0a: a request has come and nothing was done yet.
 * - `refresh`: the same, within `token`, when it is a refresh.
 * - `code`: a code was just made and is about to leave.
 * - `redirect`: the browser is about to be sent back; the parameters of the callback are at hand.
 *
 * Faults at one stage add up: all of them act, in the order in which they were set, before the answer is made; then one
 * answer is made, the simulator's or that of the last fault which brought its own; then it is amended, again in order.
 * @module
 */

/** @typedef {import('../types.js').FaultSubject} FaultSubject */
/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Stage} Stage */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {Stage} stage
 * @param {FaultSubject} subject
 */
export async function act(world, stage, subject) {
  const signal = world.life.signal();
  for (const { name, kind, values } of world.faults.take(stage)) {
    world.journal.record('fault', { kind: name, stage });
    await kind.apply(subject, values, world, stage);
    signal.throwIfAborted();
  }
}

/**
 * @param {World} world
 * @param {Stage} stage
 * @param {FaultSubject} subject
 * @param {() => Reply | Promise<Reply>} work what X does if no fault does something instead; not even begun then
 * @returns {Promise<Reply>}
 */
export async function answered(world, stage, subject, work) {
  await act(world, stage, subject);
  const reply = await (subject.instead ?? work)();
  const altered = (subject.amendments ?? []).reduce((sofar, amend) => amend(sofar), reply);
  return subject.instead || subject.amendments ? { ...altered, note: altered.note ?? 'A fault that was set is at work.' } : altered;
}

/**
 * @param {FaultSubject} subject
 * @param {(reply: Reply) => Reply} amend
 */
export function amended(subject, amend) {
  subject.amendments = [...(subject.amendments ?? []), amend];
}
