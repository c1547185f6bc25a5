/**
 * A simulator of X on loopback, for development, demonstrations and tests. It shares no code with the SDK: what it
 * checks, it checks from the RFCs and from X's documentation.
 * @module
 */
import { createServer } from 'node:http';
import { appsAtStart } from './apps/start.js';
import { mostBytes, takesAnIcon } from './body-limit.js';
import { createClock } from './clock.js';
import { CONTROL_PREFIX, controlOverHttp } from './control-http.js';
import { createControl } from './control.js';
import { createFreshKeys } from './developer/fresh.js';
import { isDeveloper, notSaved } from './developer/routes.js';
import { createTickets } from './developer/tickets.js';
import { createFaults } from './faults/queue.js';
import { json, readRequest, writeReply } from './http.js';
import { createJournal } from './journal.js';
import { createLife } from './life.js';
import { askerOf } from './log/asker.js';
import { createRequests } from './log/requests.js';
import { checkSignatureOrigins } from './oauth1/settings.js';
import { createOAuth1Store } from './oauth1/store.js';
import { checkOptions } from './option-shapes.js';
import { checkCoop, checkHost, checkUsername, completeAccounts } from './options.js';
import { createApprovals } from './person/approvals.js';
import { createSessions } from './person/sessions.js';
import { createRandomness } from './randomness.js';
import { createRates } from './rates.js';
import { route } from './router.js';
import { createKeeper, saving } from './state/keeper.js';
import { createStore } from './store.js';

export { SimulatorStateError } from './state/file.js';

/** @typedef {import('./types.js').World} World */

/**
 * @typedef {object} Simulator
 * @property {string} url for browsers: `http://localhost:PORT`, another site than an app on 127.0.0.1, as x.com is
 * @property {string} apiUrl for back ends: `http://127.0.0.1:PORT`
 * @property {import('./types.js').RunningApp[]} apps as they are now, with their ids and secrets
 * @property {import('./types.js').Account[]} accounts
 * @property {import('./control.js').Control} control
 * @property {() => Promise<void>} close ends every connection at once
 */

/**
 * @param {import('./types.js').SimulatorOptions} [options]
 * @returns {Promise<Simulator>}
 */
export async function startSimulator(options = {}) {
  checkOptions(options);
  const { port = 0, host = '127.0.0.1', clock: source = Date.now } = options;
  checkHost(host);
  const keeper = createKeeper(options.state);
  const { apps, projects } = appsAtStart(options.apps, keeper.found);
  const signatureOrigins = checkSignatureOrigins(options.signatureOrigins ?? []);
  const life = createLife();
  const clock = createClock(source);
  const journal = createJournal(clock, options.onEvent);

  const server = createServer();
  // Longer than any pause of a test or a back end: a request that meets the end of an idle connection is lost (nodejs/node#52649).
  server.keepAliveTimeout = 65_000;
  const bound = await listen(server, port, host);
  try {
    const apiUrl = `http://${host === '::1' ? '[::1]' : '127.0.0.1'}:${bound}`;
    // The name localhost is another site to whoever is at an address; but it need not lead to ::1.
    const url = host === '::1' ? apiUrl : `http://localhost:${bound}`;
    const accounts = completeAccounts(options.accounts, url);
    const save = saving(keeper, journal);
    /** @type {World} */
    const world = {
      apps,
      projects,
      accounts,
      settings: {
        coop: checkCoop(options.coop === undefined ? 'same-origin-allow-popups' : options.coop),
        autoApprove: checkUsername(options.autoApprove ?? null, accounts),
        autoCancel: false,
        signInFirst: options.signInFirst ?? false,
      },
      allowPlain: options.allowPlain ?? false,
      signatureOrigins,
      unverifiedReuseEndsGrant: options.unverifiedReuseEndsGrant ?? false,
      url,
      apiUrl,
      clock,
      randomness: createRandomness(options.seed),
      store: createStore(),
      oauth1: createOAuth1Store(),
      sessions: createSessions(),
      approvals: createApprovals(),
      rates: createRates(),
      requests: createRequests(clock, (request) => askerOf(world, request)),
      journal,
      faults: createFaults(),
      tickets: createTickets(),
      freshKeys: createFreshKeys(),
      save: () => save(world),
      restore: () => keeper.found?.restore(world),
      life,
    };
    for (const { kind, ...values } of options.faults ?? []) world.faults.add(kind, values);
    world.restore();
    keeper.save(world);
    const control = createControl(world);
    server.on('request', (message, response) => void serve(world, control, message, response));
    return {
      url,
      apiUrl: world.apiUrl,
      get apps() {
        return [...apps.values()];
      },
      accounts,
      control,
      async close() {
        life.end();
        await stop(server);
      },
    };
  } catch (error) {
    await stop(server);
    throw error;
  }
}

/**
 * @param {World} world
 * @param {import('./control.js').Control} control
 * @param {import('node:http').IncomingMessage} message
 * @param {import('node:http').ServerResponse} response
 */
async function serve(world, control, message, response) {
  /** @type {((reply: import('./types.js').Reply) => void) | undefined} */
  let told;
  try {
    const request = await readRequest(message, mostBytes(message));
    const isControl = request.path === CONTROL_PREFIX || request.path.startsWith(`${CONTROL_PREFIX}/`);
    told = isControl ? undefined : world.requests.arrived(request);
    const answered = request.tooLarge && !takesAnIcon(request.path) ? json(413, { title: 'Payload Too Large', status: 413 }) : isControl ? controlOverHttp(control, request) : await route(world, request);
    // Before the answer leaves: what it says was saved is on the disk.
    const failure = world.save();
    const reply = failure && request.method === 'POST' && isDeveloper(request.path) ? notSaved(world, failure) : answered;
    told?.(reply);
    writeReply(response, reply);
  } catch (error) {
    const failed = json(500, { title: 'The simulator failed', status: 500 });
    // The browser went away, or the simulator is closing and woke a delayed answer: there is nobody to tell.
    // (Not `message.destroyed`: a request that was read to its end is destroyed by that.)
    const isGone = response.destroyed || !message.complete;
    told?.({ ...failed, ...(isGone && { cut: true }) });
    if (isGone) return;
    try {
      world.journal.record('internal_error', { message: error instanceof Error ? error.message : String(error) });
    } catch {
      // It is the clock or the listener itself that fails; whoever asked is answered all the same.
    }
    writeReply(response, failed);
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * @param {import('node:http').Server} server
 * @returns {Promise<void>}
 */
function stop(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Browsers keep connections open for reuse; without this, closing would wait for them.
    server.closeAllConnections();
  });
}
