// What the scripts that come after the click need of those before it. The first file hands it over (`take`) in place of their
// importing it: what two files share esbuild puts into a third (`--splitting`), which every page would have to ask for before
// its button works.

/** @typedef {typeof import('./engine/load.js').first} First */

/** @type {First['SignInError']} */ export let SignInError;
/** @type {First['ask']} */ export let ask;
/** @type {First['forget']} */ export let forget;
/** @type {First['learn']} */ export let learn;
/** @type {First['page']} */ export let page;
/** @type {First['sibling']} */ export let sibling;
/** @type {First['toForm']} */ export let toForm;

/** @param {First} first */
export const take = (first) => {
  ({ SignInError, ask, forget, learn, page, sibling, toForm } = first);
};
