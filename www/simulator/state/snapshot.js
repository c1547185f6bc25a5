/**
 * Reading a state file: whether all of it can be, and how a simulator takes it up.
 * @module
 */
import { mapOf } from '../apps/complete.js';
import { isText, isTime, isWord } from '../checks.js';
import { SimulatorStateError } from './file.js';
import { VERSION } from './text.js';

/** @typedef {import('../oauth1/store.js').UserToken} UserToken */
/** @typedef {import('../person/approvals.js').ApprovalRecord} ApprovalRecord */
/** @typedef {import('../types.js').Project} Project */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').TokenRecord} TokenRecord */
/** @typedef {import('../types.js').World} World */

/** @typedef {{ apps: Map<string, RunningApp>, projects: Map<string, Project>, restore: (world: World) => void }} Restored */

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
    if (projects.size < state.projects.length) throw new TypeError('two Projects have the same id');
    const apps = mapOf(state.apps);
    for (const { name, projectId } of apps.values()) if (projectId !== undefined && !projects.has(projectId)) throw new TypeError(`app "${name}" is in no Project of the file`);
    return { apps, projects, restore: (world) => restore(world, state) };
  } catch (error) {
    throw broken(`has an App or a Project that cannot be: ${error instanceof Error ? error.message : String(error)}`, error);
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
