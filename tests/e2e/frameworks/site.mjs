/**
 * A site made with a framework, and what a person and a page see of it.
 * @module
 */

import { createRequire } from 'node:module';
import { contentSecurityPolicy } from '../../../www/demo/server/headers.mjs';
import { bundle } from './bundle.mjs';

/** @typedef {import('../harness/world.mjs').World} World */
/** @typedef {NonNullable<import('../../../www/demo/server.mjs').DemoOptions['pages']>} Pages */

/** Notes what the elements say and what a server's button loses, and points the elements to the simulator. @param {string} authorize */
const witness = (authorize) => `
window.heard = [];
window.authorize = ${JSON.stringify(authorize)};
for (const name of ['sign-in', 'sign-in-error', 'sign-in-cancel'])
  document.addEventListener(name, ({ type, detail }) => heard.push([type, detail?.user?.username ?? detail?.code].filter(Boolean).join(' ')));
document.addEventListener('click', ({ target }) => { if (target.localName === 'sign-in-with-x') target.endpoints ??= { authorize: ${JSON.stringify(authorize)} }; }, true);
window.written = document.querySelector('sign-in-with-x');
window.button = written?.shadowRoot?.querySelector('[part=button]');
window.removed = [];
if (button) new MutationObserver((changes) => changes.forEach(({ removedNodes }) => removedNodes.forEach(({ nodeName }) => removed.push(nodeName))))
  .observe(written.shadowRoot, { childList: true, subtree: true });`;

/** Vue makes a policy of its own for Trusted Types. @param {string} policy @param {string} framework */
const withTypesOf = (policy, framework) => (framework === 'Vue' ? policy.replace(`trusted-types 'none'`, 'trusted-types vue') : policy);

/**
 * The app at `/host`, drawn in the page; or first on the server, where `rendered` says so.
 * @param {import('./bundle.mjs').Framework} framework
 * @param {string} code
 * @param {{ rendered?: boolean, own?: boolean, html?: (config: { clientId: string, redirectUri: string }) => string, pages?: Pages }} [more] `html` is given to the component; with `own` it is a control of the app's own
 * @returns {Pages}
 */
export const site = (framework, code, { rendered = false, own = false, html, pages } = {}) => async (path, config) => {
  const given = { framework, code };
  const kind = rendered ? '-hydrated' : own ? '-own' : '';
  const shell = `${framework === 'Vue' ? 'vue' : 'react'}${kind}.${framework === 'Vue' ? 'js' : 'jsx'}`;
  if (path === '/witness.js') return { type: 'text/javascript', body: witness(config.authorize) };
  // Beside the engine, as the README says of esbuild.
  if (path === '/pkg/app.js') return { type: 'text/javascript', body: await bundle(shell, given, config) };
  if (path !== '/host') return pages?.(path, config);
  const props = { html: html?.(config) ?? null };
  const inside = rendered ? await onServer(await bundle(shell, given, config, 'server'), props) : '';
  const data = `<script type="application/json" id="props">${JSON.stringify(props).replaceAll('<', '\\u003c')}</script>`;
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title><link rel="icon" href="data:,"><script src="/witness.js" defer></script><script type="module" src="/pkg/app.js"></script></head><body><div id="app">${inside}</div>${data}</body></html>`;
  const policy = contentSecurityPolicy({ html: body, wasm: true, avatars: new URL(config.authorize).origin });
  return { body, headers: { 'Content-Security-Policy': withTypesOf(policy, framework) } };
};

/** @param {string} text a CommonJS module @param {object} props @returns {Promise<string>} */
async function onServer(text, props) {
  const module = { exports: /** @type {any} */ ({}) };
  new Function('module', 'exports', 'require', text)(module, module.exports, createRequire(import.meta.url));
  return module.exports.render(props);
}

/** What the app was told by its component. @param {World} here @returns {Promise<string[]>} */
export const told = ({ driver }) => driver.executeScript('return window.told');

/** A click, and the popup that it opens. @param {World} here */
export async function opened({ driver, person }) {
  await person.looksAway();
  return person.opens(() => driver.findElement({ css: 'sign-in-with-x' }).click());
}

/** @param {World} here @param {string} popup */
export async function approved(here, popup) {
  await here.person.approveIn(popup, 'ada_example');
  await here.person.home();
  await here.driver.wait(async () => (await told(here)).length > 0, 15_000, 'the app is told');
  await here.person.popupGone();
}
