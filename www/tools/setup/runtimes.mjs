/** What the backend half is tried on besides Node: the runtimes and frameworks that tests/runtimes/programs lists, 400 MB. */
import { at } from '../paths.mjs';
import { ensureList, modulesOf } from './npm-list.mjs';

const list = at('tests', 'runtimes', 'programs');

/** Where they are. */
export const runtimeModules = () => modulesOf('runtimes', list);

export const ensureRuntimes = () =>
  ensureList('runtimes', list, 'Bun, Deno, workerd, Express and Hono for the tests of the backend half, once; 150 MB to download');
