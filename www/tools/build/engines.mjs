/**
 * The engines made from the crate: the page's half, what a page needs of it until the click, and the backend's half. Never
 * one of both halves, because the server feature must not reach the browser.
 *
 * @typedef {object} Engine
 * @property {'browser' | 'server' | 'click'} name also its Cargo feature
 * @property {string} work intermediate files, each step's beside the other's
 * @property {string} out what www/src imports
 */
import { join } from 'node:path';
import { generated, target } from '../paths.mjs';

/** @type {Engine[]} */
export const engines = /** @type {const} */ (['browser', 'server', 'click']).map((name) => ({
  name,
  work: join(target, 'engine', name),
  out: join(generated, name),
}));

/** The files that one step hands to the next. @param {Engine} engine */
export const filesOf = ({ work, out }) => ({
  compiled: join(work, 'wasm32-unknown-unknown', 'release', 'sign_in_with_x.wasm'),
  lowered: join(work, 'engine.wasm'),
  bindings: join(work, 'bindings'),
  bound: join(work, 'bindings', 'engine_bg.wasm'),
  trapping: join(work, 'trapping.wasm'),
  optimised: join(out, 'engine.wasm'),
});
