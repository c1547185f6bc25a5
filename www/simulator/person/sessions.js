/**
 * Who is signed in at X, and in which browsers: what the cookie of a browser stands for, and the forms of the pages that
 * belong to a person. In memory, bounded.
 * @module
 */
import { adding } from '../bounded.js';
import { unseeded } from '../randomness.js';
import { deviceOf } from './device.js';

/** @typedef {import('../types.js').Account} Account */
/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */

/**
 * @typedef {object} Session
 * @property {string} id what the cookie holds
 * @property {string} name what a page may call it
 * @property {string} ticket what makes the forms of this session's pages acceptable
 * @property {string} accountId
 * @property {string} device
 * @property {number} since
 * @property {number} seen
 */

/** Oldest go first. Every approval without a cookie, as a test sends it, is a browser of its own. */
const MOST = 500;
const add = adding(MOST);

/**
 * @typedef {object} Sessions
 * @property {(session: Session) => void} open
 * @property {(id: string) => Session | undefined} get
 * @property {(accountId: string) => Session[]} of an account, newest first
 * @property {(id: string) => void} end
 * @property {(ticket: string, back: string) => void} openForm a form of the sign-in page, and where it leads
 * @property {(ticket: string) => string | undefined} closeForm forgets it, so that it works once
 * @property {() => void} clear
 */

/** @returns {Sessions} */
export function createSessions() {
  /** @type {Map<string, Session>} */
  const sessions = new Map();
  /** @type {Map<string, string>} */
  const forms = new Map();
  return {
    open: (session) => add(sessions, session.id, session),
    get: (id) => sessions.get(id),
    of: (accountId) => [...sessions.values()].filter((each) => each.accountId === accountId).sort((a, b) => b.seen - a.seen),
    end: (id) => void sessions.delete(id),
    openForm: (ticket, back) => add(forms, ticket, back),
    closeForm(ticket) {
      const back = forms.get(ticket);
      forms.delete(ticket);
      return back;
    },
    clear() {
      sessions.clear();
      forms.clear();
    },
  };
}

/** Cookies know no ports: two simulators on one machine would overwrite each other's. @param {World} world */
const cookieName = ({ url }) => `simulated_x_${new URL(url).port}`;

/** @param {World} world @param {string} value @param {string} [more] */
const setCookie = (world, value, more = '') => ({ 'Set-Cookie': `${cookieName(world)}=${value}; Path=/; HttpOnly; SameSite=Lax${more}` });

/**
 * The session of the browser that asks.
 * @param {World} world
 * @param {Request} request
 * @returns {Session | undefined}
 */
export function sessionOf(world, { headers: { cookie = '' } }) {
  const start = `${cookieName(world)}=`;
  const named = cookie.split(';').map((each) => each.trim()).find((each) => each.startsWith(start));
  const session = world.sessions.get(named?.slice(start.length) ?? '');
  if (session) session.seen = world.clock.now();
  return session;
}

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Account | undefined}
 */
export function signedIn(world, request) {
  const session = sessionOf(world, request);
  return world.accounts.find(({ id }) => id === session?.accountId);
}

/**
 * From now on this account is signed in in the browser that asked, and no other.
 * @param {World} world
 * @param {Request} request
 * @param {Account} account
 * @param {Reply} reply
 * @returns {Reply}
 */
export function signingIn(world, request, account, reply) {
  const before = sessionOf(world, request);
  if (before?.accountId === account.id) return reply;
  if (before) world.sessions.end(before.id);
  const now = world.clock.now();
  const [id, name, ticket] = [unseeded(), unseeded(9), unseeded()];
  world.sessions.open({ id, name, ticket, accountId: account.id, device: deviceOf(request.headers['user-agent']), since: now, seen: now });
  return { ...reply, headers: { ...reply.headers, ...setCookie(world, id) } };
}

/**
 * @param {World} world
 * @param {Reply} reply
 * @returns {Reply}
 */
export const forgetting = (world, reply) => ({ ...reply, headers: { ...reply.headers, ...setCookie(world, '', '; Max-Age=0') } });
