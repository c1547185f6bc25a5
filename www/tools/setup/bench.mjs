/** What the bench measures beside the package: the libraries that tests/bench lists, 30 MB. */
import { at } from '../paths.mjs';
import { ensureList, modulesOf } from './npm-list.mjs';

const list = at('tests', 'bench');

/** Where they are. */
export const benchModules = () => modulesOf('bench', list);

export const ensureBench = () => ensureList('bench', list, 'the libraries that the bench compares with, once; 30 MB');
