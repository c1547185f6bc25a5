// What a page has before the click, in one file (www/tools/build/javascript.mjs): what is loaded besides, or later, imports
// it from here and from nowhere else, or the bundler would cut it into pieces, each a request.
export { Client, doctor } from './client.js';
export { SignInWithXElement } from './element.js';
export { ask, draw, isReady, pressedIn, wordsFor } from './engine/engine.js';
export { init } from './engine/load.js';
export { SignInError } from './errors.js';
