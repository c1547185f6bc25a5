/**
 * Who is measured, each by a page that does the same job as nearly as its API allows.
 * @module
 */

/**
 * @typedef {object} Contestant
 * @property {string} id
 * @property {string} title
 * @property {boolean} [ours]
 * @property {string} [from] the npm package
 * @property {string} [entry] a file of entries/, bundled; without one the page loads `script`
 * @property {string} [script] an address of the page's script
 * @property {boolean} [classic] which is no module
 * @property {boolean} [element] the page has the element, and no button of its own
 * @property {boolean} [preload] the page announces the file that its script imports
 * @property {string[]} in which measures it is in
 */

/** The file for a script tag, where the package has it. */
export const TAG = 'dist/sign-in-with-x.js';

/** @type {Contestant[]} */
export const CONTESTANTS = [
  { id: 'empty', title: 'no library: a button that does nothing', entry: 'empty.js', in: ['start'] },
  { id: 'floor', title: 'hand-written floor', entry: 'floor.js', in: ['start', 'url', 'click', 'callback', 'memory', 'bytes', 'many'] },
  ...['oauth4webapi', 'oidc-client-ts', '@auth0/auth0-spa-js', '@azure/msal-browser'].map((from) => ({
    id: from.replace(/^.*\//, ''),
    title: from,
    from,
    entry: `${from.replace(/^.*\//, '')}.js`,
    in: ['start', 'url', 'click', 'callback', 'memory', 'bytes'],
  })),
  { id: 'functions', title: 'ours: the functions, with a button of the page’s own', ours: true, entry: 'functions.js', in: ['start', 'url', 'click', 'memory', 'bytes'] },
  { id: 'element', title: 'ours: the element, bundled', ours: true, entry: 'element.js', element: true, in: ['start', 'click', 'callback', 'bytes', 'many'] },
  { id: 'element-files', title: 'ours: the element, the package’s files as they are', ours: true, script: '/pkg/define.js', element: true, in: ['start', 'bytes'] },
  { id: 'element-preload', title: 'ours: the same, the second file announced', ours: true, script: '/pkg/define.js', element: true, preload: true, in: ['start'] },
  { id: 'element-tag', title: 'ours: the element, by a script tag', ours: true, script: `/pkg/${TAG}`, classic: true, element: true, in: ['start', 'bytes'] },
];
