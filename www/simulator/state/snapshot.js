/**
 * What of a simulator outlives it: Apps with their secrets, Projects, what people approved and the tokens that still
 * work. Codes, pages and request tokens live for moments, and are not kept; nor is who is signed in.
 * @module
 */
import { mapOf } from '../apps/complete.js';
import { isText, isTime, isWord } from '../checks.js';
import { SimulatorStateError } from './file.js';

/** @typedef {import('../oauth1/store.js').UserToken} UserToken */
/** @typedef {import('../person/approvals.js').ApprovalRecord} ApprovalRecord */
/** @typedef {import('../types.js').Project} Project */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').TokenRecord} TokenRecord */
/** @typedef {import('../types.js').World} World */

/** Of the file's shape. One that a later simulator wrote is refused, not guessed at. */
const VERSION = 1;

/** @typedef {{ apps: Map<string, RunningApp>, projects: Map<string, Project>, restore: (world: World) => void }} Restored */

/**
 * What people let Apps do, by either protocol.
 * @param {World} world
 */
function approvalsOf({ approvals, oauth1 }) {
  const all = approvals.all();
  const levels = oauth1.approvals();
  /** @param {{ accountId: string, clientId: string }} one */
  const levelOf = (one) => levels.find(({ accountId, clientId }) => accountId === one.accountId && clientId === one.clientId);
  return all.map((approval) => ({ ...approval, ...levelOf(approval) }));
}

/**
 * @param {World} world
 * @returns {string}
 */
export function textOf(world) {
  const { apps, projects, store, oauth1, clock } = world;
  const now = clock.now();
  const tokens = store.tokens().filter(({ live, expiresAt }) => live && now < expiresAt);
  const state = {
    about: 'State of the simulator of sign-in-with-x. It holds secrets.',
    version: VERSION,
    projects: [...projects.values()],
    apps: [...apps.values()],
    // JSON has no Infinity, which is when a refresh token ends.
    tokens: tokens.map(({ live: _, expiresAt, ...token }) => ({ ...token, expiresAt: expiresAt === Infinity ? null : expiresAt })),
    userTokens: oauth1.userTokens().filter(({ live }) => live).map(({ live: _, ...token }) => token),
    approvals: approvalsOf(world),
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/**
 * @param {string} file for errors
 * @param {string} text
 * @returns {Restored}
 */
export function parsed(file, text) {
  const fix = 'Mend it, put back a copy, or delete it to begin anew.';
  /** @param {string} problem @param {unknown} [cause] */
  const broken = (problem, cause) => new SimulatorStateError('broken', file, problem, fix, cause);
  let state;
  try {
    state = JSON.parse(text);
  } catch (error) {
    throw broken('is no JSON', error);
  }
  if (typeof state !== 'object' || state === null || !('version' in state)) throw broken('is not one of the simulator’s');
  if (state.version !== VERSION) {
    throw new SimulatorStateError('version', file, `has the version ${JSON.stringify(state.version)}, and this simulator knows ${VERSION}`, 'Use the sign-in-with-x that wrote it, or another file.');
  }
  for (const [list, fields] of Object.entries(LISTS)) {
    if (!Array.isArray(state[list])) throw broken(`has no list "${list}"`);
    for (const [index, record] of state[list].entries()) {
      const bad = Object.keys(fields).find((name) => !fields[name]?.(record?.[name]));
      if (bad !== undefined) throw broken(`has a bad "${bad}" in ${list}[${index}]`);
    }
  }
  try {
    const projects = new Map(state.projects.map((/** @type {Project} */ project) => [project.id, project]));
    const apps = mapOf(state.apps);
    for (const { name, projectId } of apps.values()) if (projectId !== undefined && !projects.has(projectId)) throw new TypeError(`app "${name}" is in no Project of the file`);
    return { apps, projects, restore: (world) => restore(world, state) };
  } catch (error) {
    throw broken(`has an App that cannot be: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

/** @type {(value: unknown) => boolean} */
const isTexts = (value) => Array.isArray(value) && value.every(isText);
/** @type {(value: unknown) => boolean} */
const isAccess = (value) => ['read', 'read-write', 'read-write-directmessages'].some((each) => each === value);
/** @type {(value: unknown) => boolean} */
const isEnd = (value) => value === null || isTime(value);
/** It stands in addresses and in pages. @type {(value: unknown) => boolean} */
const isId = (value) => typeof value === 'string' && /^\d+$/.test(value);

/** @param {(value: unknown) => boolean} is @returns {(value: unknown) => boolean} */
const ifAny = (is) => (value) => value === undefined || is(value);

/** What every record of a list must have. Apps are checked as those of the options are. @type {Record<string, Record<string, (value: unknown) => boolean>>} */
const LISTS = {
  projects: { id: isId, name: isText, description: isText, useCase: isText },
  apps: { clientId: isWord },
  tokens: { token: isText, kind: (value) => value === 'at' || value === 'rt', grant: isText, clientId: isText, accountId: isText, scopes: isTexts, expiresAt: isEnd },
  userTokens: { token: isText, secret: isText, clientId: isText, accountId: isText, access: isAccess },
  approvals: { clientId: isText, accountId: isText, access: ifAny(isAccess), accessSince: ifAny(isTime), scopes: ifAny(isTexts), scopesSince: ifAny(isTime) },
};

/**
 * @param {World} world
 * @param {{ tokens: (TokenRecord & { expiresAt: number | null })[], userTokens: UserToken[], approvals: (ApprovalRecord & Partial<Pick<UserToken, 'access'>>)[] }} state
 */
function restore({ store, oauth1, approvals: people }, { tokens, userTokens, approvals }) {
  for (const token of tokens) store.addToken({ ...token, expiresAt: token.expiresAt ?? Infinity, live: true });
  for (const token of userTokens) oauth1.addUserToken({ ...token, live: true });
  for (const { clientId, accountId, access, ...approval } of approvals) {
    people.add(accountId, clientId, approval);
    if (access !== undefined) oauth1.approve(clientId, accountId, access);
  }
}
