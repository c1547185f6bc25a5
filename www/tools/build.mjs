/**
 * `npm run build`: crate and scripts to the package in pkg/.
 *
 *     cargo → lower → bindgen → trap → opt     once per engine (browser, server)
 *     translate → inline → words → js → script-tag → copy → readme → manifest
 *
 * and at the end the size and its gate. A step whose inputs did not change is skipped.
 * `node www/tools/build.mjs --only opt` runs the named steps alone.
 */
import { bindgen } from './build/bindgen.mjs';
import { cargo } from './build/cargo.mjs';
import { copy } from './build/copies.mjs';
import { customElements } from './build/custom-elements.mjs';
import { engines } from './build/engines.mjs';
import { base64, text } from './build/inline.mjs';
import { javascript } from './build/javascript.mjs';
import { lower } from './build/lower.mjs';
import { optimise } from './build/optimise.mjs';
import { readme } from './build/readme.mjs';
import { oneFile } from './build/script-tag.mjs';
import { BuildError, runStep } from './build/step.mjs';
import { translate } from './build/translate.mjs';
import { trap } from './build/trap.mjs';
import { words } from './build/words.mjs';
import { main, selection } from './main.mjs';
import { size } from './size.mjs';

const [browser, server, click] = engines;

/** In order. Functions of nothing, because a step lists its input files when its turn comes. */
const engineSteps = engines.map((engine) => [cargo, lower, bindgen, trap, optimise].map((step) => () => step(engine)));
const packageSteps = [() => translate(browser), () => base64(server), () => text(click), words, javascript, () => oneFile(browser), copy, readme, customElements];

/** @param {string[]} [only] names of steps; all of them unless told */
export async function build(only = []) {
  const steps = [...engineSteps.flat(), ...packageSteps];
  const known = new Set(steps.map((step) => step().name));
  const unknown = only.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new BuildError(`no such step: ${unknown.join(', ')} (there are ${[...known].join(', ')})`);

  const wanted = (/** @type {string} */ name) => only.length === 0 || only.includes(name);
  /** @param {(() => import('./build/step.mjs').Step)[]} chain */
  const runChain = async (chain) => {
    for (const step of chain) {
      const current = step();
      if (wanted(current.name)) await runStep(current);
    }
  };
  // Side by side: the link-time optimisation of one engine keeps one core busy, not two.
  await Promise.all(engineSteps.map(runChain));
  await runChain(packageSteps);
}

await main(import.meta.url, async (args) => {
  const { setupBuild } = await import('./setup.mjs');
  await setupBuild();
  const only = selection(args);
  await build(only);
  if (only.length === 0) await size();
});
