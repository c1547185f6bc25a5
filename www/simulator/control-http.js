/**
 * The control over HTTP, under `/_control`: for tests in another process and for curl.
 *
 * Loopback is no protection from web pages, which can send requests to it from any tab. Browsers mark those requests,
 * so whatever bears such a mark is refused, and so is a Host that is no loopback name (DNS rebinding).
 * @module
 */
import { isRecord } from './checks.js';
import { json } from './http.js';
import { hasLoopbackHost } from './own-site.js';
import { SimulatorStateError } from './state/file.js';

/** @typedef {import('./control.js').Control} Control */
/** @typedef {import('./types.js').Reply} Reply */
/** @typedef {import('./types.js').Request} Request */

export const CONTROL_PREFIX = '/_control';

/** @type {Record<string, (control: Control, body: Record<string, unknown>, query: URLSearchParams) => unknown>} */
const ROUTES = {
  'GET ': (control) => control.state(),
  'GET /counts': (control) => control.counts(),
  'GET /events': (control, _body, query) => control.events(query.get('type') ?? undefined),
  'GET /handed-over': (control) => control.handedOver(),
  'GET /codes': (control) => control.codes(),
  'GET /tokens': (control) => control.tokens(),
  'GET /apps': (control) => control.apps(),
  'POST /apps': (control, app) => control.addApp(/** @type {import('./types.js').App} */ (/** @type {unknown} */ (app))),
  'PATCH /apps': (control, { clientId, ...changes }) => control.changeApp(String(clientId), withoutNull(changes)),
  'DELETE /apps': (control, { clientId }) => control.removeApp(String(clientId)),
  'POST /coop': (control, { value }) => control.setCoop(/** @type {import('./types.js').Coop} */ (value)),
  'POST /auto-approve': (control, { username }) => control.autoApprove(/** @type {string | null} */ (username)),
  'POST /auto-cancel': (control, { value }) => control.autoCancel(/** @type {boolean} */ (value)),
  'POST /sign-in-first': (control, { value }) => control.signInFirst(/** @type {boolean} */ (value)),
  'POST /faults': (control, { kind, ...values }) => control.fault(String(kind), values),
  'DELETE /faults': (control) => control.clearFaults(),
  'POST /clock': (control, { advance }) => control.advance(/** @type {number} */ (advance)),
  'POST /reset': (control) => control.reset(),
};

/** JSON has no undefined, which takes a setting away: null does, also within `oauth1` and `oauth2`. @param {Record<string, unknown>} changes @returns {Record<string, unknown>} */
const withoutNull = (changes) => Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, isRecord(value) ? withoutNull(value) : (value ?? undefined)]));

/**
 * @param {Control} control
 * @param {Request} request
 * @returns {Reply}
 */
export function controlOverHttp(control, request) {
  if (!isFromAProgram(request)) return json(403, { error: 'the control answers programs on this machine, not web pages' });
  const route = `${request.method} ${request.path.slice(CONTROL_PREFIX.length).replace(/\/$/, '')}`;
  const action = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
  if (!action) return json(404, { error: 'no such control', routes: Object.keys(ROUTES).map((each) => each.replace(' ', ` ${CONTROL_PREFIX}`)) });
  try {
    const body = request.body === '' ? {} : JSON.parse(request.body);
    if (!isRecord(body)) throw new TypeError('the body is a JSON object');
    return json(200, action(control, body, new URLSearchParams(request.query)) ?? control.state());
  } catch (error) {
    // Not the caller's mistake, and done all the same: as the developer console has it, a failure to save takes nothing back.
    if (error instanceof SimulatorStateError) return json(500, { error: error.message, done: 'It holds as long as the simulator runs, and is written with the next request once that is mended.' });
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** @param {Request} request */
function isFromAProgram({ headers }) {
  const site = headers['sec-fetch-site'];
  // `none` is a person who typed the address.
  if (headers.origin !== undefined || (site !== undefined && site !== 'none')) return false;
  return hasLoopbackHost({ headers });
}
