/**
 * What the packed package is tried in: the projects that tests/consumers lists, and the Node that some of them ask for.
 * Installed once on a machine for each project's list, in this project's cache, so that a clone does without them until it
 * tests.
 */
import { dependenciesOf, manifestOf, nodeOf } from '../../../tests/consumers/lab/projects.mjs';
import { ROWS } from '../../../tests/consumers/list.mjs';

export async function ensureConsumers() {
  for (const { project, node } of ROWS) {
    if (manifestOf(project)?.dependencies) await dependenciesOf(project);
    if (node) await nodeOf(node);
  }
}
