/**
 * Which Apps there are at the start: those of the options, or those of the file of the option `state`.
 * @module
 */
import { completeApps, DEFAULT_PROJECT, mapOf } from './complete.js';

/** @typedef {import('../types.js').App} App */
/** @typedef {import('../types.js').Project} Project */

/**
 * @param {App[] | undefined} given
 * @param {import('../state/snapshot.js').Restored | undefined} found
 */
export function appsAtStart(given, found) {
  const projects = found?.projects ?? new Map();
  if (!found) return { apps: completeApps(given), projects: projects.set(DEFAULT_PROJECT.id, { ...DEFAULT_PROJECT }) };
  // The file is the newer: its Apps may have been changed in the developer console since they were given.
  const others = (given ?? []).filter(({ clientId }) => !found.apps.has(clientId));
  const apps = mapOf([...found.apps.values(), ...others]);
  if ([...apps.values()].some(({ projectId }) => projectId === DEFAULT_PROJECT.id) && !projects.has(DEFAULT_PROJECT.id)) {
    projects.set(DEFAULT_PROJECT.id, { ...DEFAULT_PROJECT });
  }
  return { apps, projects };
}
