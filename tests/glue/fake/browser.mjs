/**
 * A browser for Node: windows with globals of their own over one clock, one set of channels, one localStorage and one
 * backend. The real engine and the real scripts run in it.
 */
import { bytes } from '../engine.mjs';
import { Channels } from './channels.mjs';
import { Clock } from './clock.mjs';
import { Locks } from './locks.mjs';
import { SharedStorage } from './storage.mjs';
import { FakeWindow } from './window.mjs';

export const PREFIX = 'sign-in-with-x:';
export const NOTE = `${PREFIX}outcome`;
export const options = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };
export const user = { id: '9007199254740993', username: 'ada', name: 'Ada' };

export class Browser {
  clock = new Clock();
  channels = new Channels();
  locks = new Locks();
  shared = new SharedStorage();
  /** What the clock that nobody sets is ahead of the browser's time. */
  steady = 1_800_000_000_000;
  /** Exchanges that arrived at the backend. @type {any[]} */ exchanges = [];
  /** What the backend makes of one. @type {(body: any) => Response | Promise<Response>} */
  backend = () => Response.json({ user, scopes: ['users.read'] });
  /** What there is at the whole engine's address. @type {(url: string) => Response | Promise<Response>} */
  engine = () => new Response(bytes);

  pass = (/** @type {number} */ milliseconds = 0) => this.clock.pass(milliseconds);

  /** @param {string} url @param {any} init */
  answer(url, init) {
    if (String(url).endsWith('.wasm')) return this.engine(String(url));
    this.exchanges.push({ url, init, ...JSON.parse(init.body) });
    return this.backend(this.exchanges.at(-1));
  }

  /** A window. @param {string} address @param {import('./window.mjs').Shown} [shown] */
  window(address, shown) {
    return new FakeWindow(this, address, shown);
  }

  /** A window of the host's page, with the package in it and the engine loaded. @param {import('./window.mjs').Shown & { address?: string, loaded?: boolean }} [shown] */
  async host({ address = 'https://app.example/desk?tab=2', loaded = true, ...shown } = {}) {
    const window = this.window(address, shown);
    const library = window.runLibrary();
    if (loaded) await library.init({ wasm: bytes });
    window.log.length = 0;
    return Object.assign(window, { library, client: (/** @type {any} */ more = {}) => library.createSignIn({ ...options, ...more }) });
  }

  /**
   * X sends a window back to the callback page.
   * @param {any} from the handle of a popup, or the window that left
   * @param {string} query without the state
   * @param {import('./window.mjs').Shown & { page?: string }} [shown]
   */
  callback(from, query, { page = options.redirectUri, ...shown } = {}) {
    const window = this.window(`${page}?state=${stateOf(from)}&${query}`, { session: { ...from.session }, ...shown });
    window.runCallback();
    return window;
  }
}

/** The state in the address that a window was sent to. @param {any} from */
export const stateOf = (from) => new URL(from.url ?? from.did('leave').at(-1)[0]).searchParams.get('state') ?? '';

/** The end of a promise in a word or two: `ok username`, or `code reason`. @param {Promise<any>} promise */
export function ending(promise) {
  const end = { said: 'waits', result: /** @type {any} */ (undefined) };
  promise.then(
    (result) => Object.assign(end, { said: `ok ${result?.user?.username ?? result?.handoff?.code ?? ''}`.trim(), result }),
    (error) => Object.assign(end, { said: `${error.code} ${error.reason}`.trim() }),
  );
  return end;
}
