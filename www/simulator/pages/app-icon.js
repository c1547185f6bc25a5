/**
 * The picture of an App: the one that was uploaded, or one that is drawn from its name.
 * @module
 */
import { createHash } from 'node:crypto';
import { initialOf } from './initial.js';

/** @typedef {import('../types.js').RunningApp} RunningApp */

/** White letters stand out on all of them. */
const COLOURS = ['#1d6fb8', '#5b3df0', '#b8286a', '#b0430b', '#0b7a5a', '#0b6a7d', '#6d3fd1', '#4a5560'];

/** The address changes with the picture, so that no browser shows the one before. @param {RunningApp} app */
const iconOf = ({ id, icon }) => `/app_icons/${id}${icon ? `?${createHash('sha256').update(icon.data).digest('hex').slice(0, 8)}` : ''}`;

/** @param {RunningApp} app @param {number} size */
export const appIconTag = (app, size) => `<img class="app-icon" src="${iconOf(app)}" alt="" width="${size}" height="${size}">`;

/**
 * @param {import('../types.js').World} world
 * @param {string} path
 * @returns {import('../types.js').Reply | undefined}
 */
export function appIcon({ apps }, path) {
  const app = [...apps.values()].find(({ id }) => path === `/app_icons/${id}`);
  if (!app) return undefined;
  const { icon } = app;
  return {
    status: 200,
    headers: { 'Content-Type': icon?.type ?? 'image/svg+xml', 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' },
    body: icon ? Buffer.from(icon.data, 'base64') : drawing(app),
  };
}

/** @param {RunningApp} app */
function drawing({ id, name }) {
  const colour = COLOURS[(createHash('sha256').update(id).digest()[0] ?? 0) % COLOURS.length] ?? '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">
<rect width="96" height="96" fill="${colour}"/>
<text x="48" y="49" font-family="system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif" font-size="46" font-weight="700" fill="#fff" text-anchor="middle" dominant-baseline="central">${initialOf(name)}</text>
</svg>`;
}
