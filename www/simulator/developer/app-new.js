/**
 * A new App: its name, what it is and what it is for. Its keys are shown at once, and never again.
 * @module
 */
import { addApp } from '../apps/changes.js';
import { consumerKeys, newBearerToken, newClientId } from '../apps/keys.js';
import { DESCRIPTION_LENGTH, NAME_LENGTH } from '../apps/rules.js';
import { seeOther, shown } from './answers.js';
import { detailErrors } from './check.js';
import { problems, select, textField } from './fields.js';
import { ALREADY_SENT, formOf, submitted, valuesOf } from './form.js';
import { formTag, frame } from './frame.js';

/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./form.js').Form} Form */

const [LEAST, MOST] = DESCRIPTION_LENGTH;

/** @param {Form} form */
export const detailFields = (form) =>
  `${textField(form, 'name', { label: 'App name', help: `People see it when they sign in. At most ${NAME_LENGTH} characters.`, needed: true })}${textField(form, 'description', { label: 'App description', help: `${LEAST} to ${MOST} characters.`, long: true, needed: true })}${textField(form, 'useCase', { label: 'Use case', help: 'What the App is for. X asks for it; nobody sees it here.', long: true })}`;

/** @param {World} world */
export const projectOptions = ({ projects }) => [...[...projects.values()].map(({ id, name }) => ({ value: id, label: name })), { value: '', label: 'None: a standalone App' }];

/** @param {World} world @param {Request} request */
export function showNewApp(world, { query }) {
  const project = new URLSearchParams(query).get('project') ?? [...world.projects.keys()][0] ?? '';
  return shown(world, newAppPage(world, formOf({ values: { project } })));
}

/** @param {World} world @param {Request} request */
export function createApp(world, request) {
  const { fields, stale } = submitted(world, request, { once: true });
  const values = valuesOf(fields);
  const errors = detailErrors(world, values);
  if (stale || Object.keys(errors).length > 0) return shown(world, newAppPage(world, formOf({ values, errors, ...(stale && { notice: ALREADY_SENT }) })), 400);
  const { name = '', description = '', useCase = '', project = '' } = values;
  const keys = consumerKeys(world.randomness);
  const bearerToken = newBearerToken(world.randomness);
  const app = addApp(world, {
    clientId: newClientId(world.randomness),
    type: 'spa',
    name,
    description,
    redirectUris: [],
    requestEmail: false,
    bearerToken,
    // Until its User authentication settings are set up, nobody can sign in.
    oauth1: { ...keys, enabled: false },
    oauth2: { enabled: false },
    ...(useCase !== '' && { useCase }),
    ...(world.projects.has(project) ? { projectId: project } : { enrolled: false }),
  });
  world.freshKeys.add(app.id, ['consumer', 'bearer']);
  return seeOther(world, `/developer/apps/${app.id}/keys`, 'created');
}

/** @param {World} world @param {Form} form */
function newAppPage(world, form) {
  const project = world.projects.size > 0 ? select(form, 'project', { label: 'Project', help: 'An App has to be in one to use the API v2.', options: projectOptions(world) }) : '';
  return frame(
    { title: 'Create App', form },
    `<h1>Create App</h1>${problems(form)}${formTag('/developer/apps/new', world.tickets.open(), `${detailFields(form)}${project}<div class="buttons"><button class="primary">Create App</button><a class="button" href="/developer">Cancel</a></div>`)}`,
  );
}
