/**
 * `sign-in-with-x simulator`: the simulator at a terminal.
 * @module
 */
import { parseArgs } from 'node:util';
import { DEFAULT_CALLBACK } from './apps/complete.js';
import { eventLine, pasteText } from './cli-text.js';
import { startSimulator } from './index.js';
import { didYouMean } from './similar.js';
import { clientIdFor } from './randomness.js';
import { plainLines } from './terminal-text.js';

/** @typedef {import('./types.js').App} App */
/** @typedef {import('./types.js').SimulatorOptions} SimulatorOptions */

const DEFAULT_PORT = 4001;

const HELP = `Usage: sign-in-with-x simulator [options]

Runs a simulator of X on this machine, for a host without an App at X.

  --port N               default ${DEFAULT_PORT}; 0 takes any free one
  --app callback=URL     a callback of your app (all --app are of one), byte for byte; up to ten times; default ${DEFAULT_CALLBACK}
  --app name=TEXT        the name on the consent page; default Demo App
  --app type=TYPE        spa (default), native, web or bot; web and bot get a client secret
  --app website=URL      shown on the consent page, as are terms=URL and privacy=URL
  --app access=LEVEL     OAuth 1.0a: read (default), read-write, read-write-directmessages
  --app email=off        the App's setting "Request email from users"; on with terms and privacy, which X wants for it
  --app sign-in=off      OAuth 1.0a: the App's setting "Allow this App to be used to Sign in with X"
  --app oauth2=off       OAuth 2.0 is off for this App; oauth1=off likewise
  --client-id ID         default: one made from the app's name, the same in every run
  --client-secret TEXT   for web and bot; default: one made from the client id
  --consumer-key KEY     OAuth 1.0a; default: made from the client id, as is the secret
  --consumer-secret TEXT
  --signature-origin URL signatures of OAuth 1.0a may also be made for this origin; repeatable
  --state FILE           keep Apps, approvals and tokens from one run to the next, with their secrets; made if it is
                         not there. Its Apps win over those of --app, for they may have been changed in the console
  --auto-approve NAME    approve every sign-in at once as this account, without a page
  --sign-in-first        whoever is not signed in at X signs in on a page of its own, before the consent page
  --coop VALUE           Cross-Origin-Opener-Policy: same-origin, same-origin-allow-popups (default),
                         noopener-allow-popups, unsafe-none
  --seed TEXT            the same codes, tokens and ids in every run
  --quiet                do not print what happens, but for what could not be saved
  --help

While it runs, /developer is a developer console: Apps, callbacks, keys, at once. /_control is for tests.
`;

/** @type {NonNullable<import('node:util').ParseArgsConfig['options']>} */
const FLAGS = {
  port: { type: 'string' },
  app: { type: 'string', multiple: true },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  'consumer-key': { type: 'string' },
  'consumer-secret': { type: 'string' },
  'signature-origin': { type: 'string', multiple: true },
  state: { type: 'string' },
  'auto-approve': { type: 'string' },
  'sign-in-first': { type: 'boolean' },
  seed: { type: 'string' },
  coop: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

/**
 * Runs until it is interrupted.
 * @param {string[]} argv what follows the word "simulator"
 * @param {{ print?: (text: string) => void, complain?: (text: string) => void, signal?: AbortSignal }} [surroundings] for tests
 * @returns {Promise<number>} the exit code: 0, or 1 when the simulator cannot start, or 2 when it was called wrongly
 */
export async function main(argv, { print = write(process.stdout), complain = write(process.stderr), signal } = {}) {
  let options;
  try {
    options = simulatorOptions(argv);
  } catch (error) {
    complain(`${plainLines(messageOf(error))}\nTry: sign-in-with-x simulator --help\n`);
    return 2;
  }
  if (options === 'help') {
    print(HELP);
    return 0;
  }
  const { quiet, state, ...rest } = options;
  try {
    const simulator = await startSimulator({ ...rest, ...(state !== undefined && { state }), onEvent: (event) => (event.type === 'state_error' ? complain : quiet ? () => {} : print)(eventLine(event)) });
    print(pasteText(simulator, { ...(state !== undefined && { state }), notices: notices(rest.apps, simulator.apps, state) }));
    await interruption(signal);
    await simulator.close();
    return 0;
  } catch (error) {
    complain(`${plainLines(messageOf(error))}\n`);
    return 1;
  }
}

/**
 * @param {string[]} argv
 * @returns {SimulatorOptions & { quiet: boolean } | 'help'}
 */
function simulatorOptions(argv) {
  const { values } = parseArgs({ args: argv, options: FLAGS });
  if (values.help) return 'help';
  /** @param {string} name */
  const text = (name) => /** @type {string | undefined} */ (values[name]);
  const port = Number(text('port') ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new TypeError(`--port takes a number from 0 to 65535, not "${text('port')}"`);
  const state = text('state');
  if (state === '') throw new TypeError('--state takes the path of a file');
  // A file has Apps of its own; the usual one is for those who named none.
  const isNamed = ['app', 'client-id', 'client-secret', 'consumer-key', 'consumer-secret'].some((flag) => values[flag] !== undefined);
  const apps = state === undefined || isNamed ? [appFrom(/** @type {string[]} */ (values.app ?? []), text)] : undefined;
  const seed = text('seed');
  const coop = /** @type {import('./types.js').Coop | undefined} */ (text('coop'));
  const signatureOrigins = /** @type {string[]} */ (values['signature-origin'] ?? []);
  return { port, signatureOrigins, autoApprove: text('auto-approve') ?? null, signInFirst: values['sign-in-first'] === true, quiet: values.quiet === true, ...(apps && { apps }), ...(coop && { coop }), ...(state !== undefined && { state }), ...(seed !== undefined && { seed }) };
}

/**
 * @param {string[]} pairs
 * @param {(name: string) => string | undefined} text of another flag
 * @returns {App}
 */
function appFrom(pairs, text) {
  /** @type {Record<string, string[]>} */
  const given = { callback: [], name: [], type: [], website: [], terms: [], privacy: [], access: [], email: [], 'sign-in': [], oauth2: [], oauth1: [] };
  for (const pair of pairs) {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    const list = Object.hasOwn(given, key) ? given[key] : undefined;
    if (!list) throw new TypeError(`--app takes ${Object.keys(given).map((each) => `${each}=…`).join(', ')}, not "${pair}"${didYouMean(key, Object.keys(given))}`);
    if (value === '') throw new TypeError(`--app ${key}= needs a value`);
    if (key !== 'callback' && list.length > 0) throw new TypeError(`--app ${key}= was given twice: all --app are of one App. Make others in the developer console`);
    list.push(value);
  }
  const name = given.name?.at(-1) ?? 'Demo App';
  const [website, termsOfService, privacyPolicy] = [given.website, given.terms, given.privacy].map((list) => list?.at(-1));
  const redirectUris = given.callback ?? [];
  const clientSecret = text('client-secret');
  const access = /** @type {import('./types.js').Access | undefined} */ (given.access?.at(-1));
  const [consumerKey, consumerSecret] = [text('consumer-key'), text('consumer-secret')];
  const signIn = isOn('sign-in', given['sign-in']);
  return {
    clientId: text('client-id') ?? clientIdFor(name),
    name,
    type: /** @type {App['type']} */ (given.type?.at(-1) ?? 'spa'),
    redirectUris: redirectUris.length > 0 ? redirectUris : [DEFAULT_CALLBACK],
    ...(website !== undefined && { website }),
    ...(termsOfService !== undefined && { termsOfService }),
    ...(privacyPolicy !== undefined && { privacyPolicy }),
    ...(clientSecret !== undefined && { clientSecret }),
    ...(given.email?.length && { requestEmail: isOn('email', given.email) }),
    oauth2: { enabled: isOn('oauth2', given.oauth2) },
    oauth1: { enabled: isOn('oauth1', given.oauth1), signIn, ...(access && { access }), ...(consumerKey !== undefined && { consumerKey }), ...(consumerSecret !== undefined && { consumerSecret }) },
  };
}

/**
 * An App of the file that is not what the flags say: somebody would look for it.
 * @param {App[] | undefined} given
 * @param {import('./types.js').RunningApp[]} running
 * @param {string | undefined} state
 */
function notices(given, running, state) {
  const other = given?.find(({ clientId, name, type, redirectUris }) => {
    const app = running.find((each) => each.clientId === clientId);
    return app && (app.name !== name || app.type !== type || app.redirectUris.join(' ') !== redirectUris.join(' '));
  });
  return other ? [`${state} has the App "${other.clientId}" already, and its settings were used, not those of --app. Change them in the developer console, or name another file.`] : [];
}

/** @param {string} key @param {string[]} [values] */
function isOn(key, values) {
  const value = values?.at(-1) ?? 'on';
  if (value !== 'on' && value !== 'off') throw new TypeError(`--app ${key}= takes on or off, not "${value}"`);
  return value === 'on';
}

/**
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
function interruption(signal) {
  return new Promise((resolve) => {
    const done = () => {
      for (const name of ['SIGINT', 'SIGTERM']) process.off(name, done);
      resolve();
    };
    for (const name of ['SIGINT', 'SIGTERM']) process.once(name, done);
    if (signal?.aborted) done();
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** @param {NodeJS.WriteStream} stream */
const write = (stream) => {
  // Whoever read it has gone, as `| head` does; the simulator is still needed.
  stream.on('error', () => {});
  return (/** @type {string} */ text) => void stream.write(text);
};

/** @param {unknown} error */
function messageOf(error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return `Port ${'port' in error ? error.port : ''} is in use: choose another with --port, or any free one with --port 0`;
  if (error instanceof Error && 'code' in error && error.code === 'EACCES' && 'syscall' in error && error.syscall === 'listen') return `${error.message}: choose a port above 1023 with --port`;
  return error instanceof Error ? error.message : String(error);
}
