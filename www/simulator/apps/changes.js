/**
 * Apps and Projects that come, change and go while the simulator runs. What is changed holds from the next request on.
 * @module
 */
import { completeApp, DEFAULT_PROJECT, isConfidential } from './complete.js';
import { digits, letters } from './keys.js';

/** @typedef {import('../types.js').App} App */
/** @typedef {import('../types.js').Project} Project */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {App} app
 * @returns {RunningApp}
 */
export function addApp(world, app) {
  if (world.apps.has(app.clientId)) throw new TypeError(`there is an App with the clientId "${app.clientId}" already`);
  return put(world, app, 'app_added', {});
}

/**
 * @param {World} world
 * @param {string} clientId
 * @param {Partial<App>} changes undefined takes a setting away
 * @returns {RunningApp}
 */
export function changeApp(world, clientId, changes) {
  const before = known(world, clientId);
  if (changes.clientId !== undefined && changes.clientId !== clientId) throw new TypeError('the clientId of an App does not change');
  const after = { ...before, ...changes, oauth1: together(before, changes, 'oauth1'), oauth2: together(before, changes, 'oauth2') };
  // A public App has no secret to keep; one that becomes confidential is given one, and nobody can guess it.
  if (!isConfidential(after.type)) delete after.clientSecret;
  else if (changes.clientSecret === undefined && before.clientSecret === undefined) after.clientSecret = letters(world.randomness, 50);
  // Membership of a Project is told by either.
  if (changes.enrolled === false) delete after.projectId;
  else if (changes.projectId !== undefined) after.enrolled = true;
  return put(world, /** @type {App} */ (after), 'app_changed', { changed: Object.keys(changes).join(',') });
}

/**
 * Settings that are changed one by one, or taken away all together.
 * @param {RunningApp} before
 * @param {Partial<App>} changes
 * @param {'oauth1' | 'oauth2'} name
 */
const together = (before, changes, name) => (Object.hasOwn(changes, name) && changes[name] === undefined ? undefined : { ...before[name], ...changes[name] });

/**
 * The App and all that people gave it.
 * @param {World} world
 * @param {string} clientId
 */
export function removeApp(world, clientId) {
  const { name } = known(world, clientId);
  world.apps.delete(clientId);
  world.store.forgetApp(clientId);
  world.oauth1.forgetApp(clientId);
  world.approvals.forgetApp(clientId);
  world.journal.record('app_removed', { client_id: clientId, name });
}

/**
 * @param {World} world
 * @param {Omit<Project, 'id'>} project
 * @returns {Project}
 */
export function addProject(world, project) {
  const made = { id: digits(world.randomness, 19), ...project };
  world.projects.set(made.id, made);
  return made;
}

/**
 * Its Apps stay, and stand alone.
 * @param {World} world
 * @param {string} id
 */
export function removeProject(world, id) {
  for (const app of [...world.apps.values()]) if (app.projectId === id) changeApp(world, app.clientId, { enrolled: false });
  world.projects.delete(id);
}

/**
 * @param {World} world
 * @param {App} app
 * @param {'app_added' | 'app_changed'} event
 * @param {Record<string, unknown>} facts
 */
function put(world, app, event, facts) {
  const complete = completeApp(app);
  const others = [...world.apps.values()].filter(({ clientId }) => clientId !== app.clientId);
  if (others.some(({ oauth1 }) => oauth1.consumerKey === complete.oauth1.consumerKey)) throw new TypeError('two apps have the same consumerKey');
  if (complete.projectId === DEFAULT_PROJECT.id && !world.projects.has(DEFAULT_PROJECT.id)) world.projects.set(DEFAULT_PROJECT.id, { ...DEFAULT_PROJECT });
  if (complete.projectId !== undefined && !world.projects.has(complete.projectId)) throw new TypeError(`there is no Project "${complete.projectId}"`);
  world.apps.set(complete.clientId, complete);
  world.journal.record(event, { client_id: complete.clientId, name: complete.name, ...facts });
  return complete;
}

/** @param {World} world @param {string} clientId */
function known({ apps }, clientId) {
  const app = apps.get(clientId);
  if (!app) throw new TypeError(`no App has the clientId "${clientId}"; there are: ${[...apps.keys()].join(', ')}`);
  return app;
}
