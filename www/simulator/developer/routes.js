/**
 * The developer console, under `/developer`: X's console as far as signing in goes.
 * @module
 */
import { json } from '../http.js';
import { isFromOwnPage } from '../own-site.js';
import { escaped } from '../pages/layout.js';
import { shown } from './answers.js';
import { changeAuthentication, showAuthentication } from './app-authentication.js';
import { changeKeys, showKeys } from './app-keys.js';
import { createApp, showNewApp } from './app-new.js';
import { changeDetails, changeIcon, changeStanding, deleteApp, showSettings } from './app-settings.js';
import { frame } from './frame.js';
import { changeProject, createProject, deleteProject, showList, showNewProject, showProject } from './projects.js';

/** @typedef {import('../types.js').Project} Project */
/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */

/** @type {Record<string, Record<string, (world: World, request: Request) => Reply>>} */
const PAGES = {
  '': { GET: showList },
  '/projects/new': { GET: showNewProject, POST: createProject },
  '/apps/new': { GET: showNewApp, POST: createApp },
};

/** @type {Record<string, Record<string, (world: World, request: Request, project: Project) => Reply>>} */
const PAGES_OF_A_PROJECT = {
  '': { GET: showProject, POST: changeProject },
  '/delete': { POST: deleteProject },
};

/** @type {Record<string, Record<string, (world: World, request: Request, app: RunningApp) => Reply>>} */
const PAGES_OF_AN_APP = {
  '': { GET: showSettings, POST: changeDetails },
  '/icon': { POST: changeIcon },
  '/standing': { POST: changeStanding },
  '/authentication': { GET: showAuthentication, POST: changeAuthentication },
  '/keys': { GET: showKeys, POST: changeKeys },
  '/delete': { POST: deleteApp },
};

/** @param {string} path */
export const isDeveloper = (path) => path === '/developer' || path.startsWith('/developer/');

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Reply}
 */
export function developer(world, request) {
  if (request.method === 'POST' && !isFromOwnPage(request)) return refused(world);
  const path = request.path.slice('/developer'.length).replace(/\/$/, '');
  const [, kind, id = '', rest = ''] = /^\/(projects|apps)\/(\d+)(\/.*)?$/.exec(path) ?? [];
  if (kind === 'projects') return at(PAGES_OF_A_PROJECT, rest, world, request, world.projects.get(id));
  if (kind === 'apps') return at(PAGES_OF_AN_APP, rest, world, request, [...world.apps.values()].find((app) => app.id === id));
  return at(PAGES, path, world, request, null);
}

/**
 * @template T
 * @param {Record<string, Record<string, (world: World, request: Request, subject: T) => Reply>>} pages
 * @param {string} path
 * @param {World} world
 * @param {Request} request
 * @param {T | undefined} subject
 * @returns {Reply}
 */
function at(pages, path, world, request, subject) {
  const methods = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (!methods || subject === undefined) return notFound(world);
  const handler = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (handler) return handler(world, request, subject);
  return { ...json(405, { title: 'Method Not Allowed', status: 405 }), headers: { Allow: Object.keys(methods).join(', ') } };
}

/** @param {World} world */
const refused = (world) => shown(world, frame({ title: 'Refused' }, '<h1>Refused</h1><p>This form was sent by another site. Nothing was changed.</p>'), 403);

/** @param {World} world */
const notFound = (world) => shown(world, frame({ title: 'Not here' }, '<h1>Not here</h1><p>There is no such page, or the App or Project is gone.</p><p><a href="/developer">To Projects &amp; Apps</a></p>'), 404);

/**
 * Instead of "Saved": the change holds while the simulator runs, and the file does not have it.
 * @param {World} world
 * @param {Error} failure
 */
export const notSaved = (world, { message }) =>
  shown(world, frame({ title: 'Not saved' }, `<h1>Not saved</h1><p class="error">${escaped(message)}</p><p>What you changed holds as long as the simulator runs. It will be written with the next request once that is mended.</p>`), 500);
