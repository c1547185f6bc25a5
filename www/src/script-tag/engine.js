// The engine, where everything is one file: the build puts this in the place of its address, and the whole engine in the place of
// the click's (www/tools/build/script-tag.mjs).
import { key, text } from '../../generated/click/text.js';
import { toBytes } from '../engine/text.js';

/** Its bytes, made anew each time: nobody keeps them for a page that needs them once. */
export const engine = () => toBytes(text, key);
