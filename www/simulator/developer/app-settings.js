/**
 * An App's settings: its details and picture, where it belongs, and whether X has suspended it.
 * @module
 */
import { changeApp, removeApp } from '../apps/changes.js';
import { breakable, escaped } from '../pages/layout.js';
import { sentence } from '../sentence.js';
import { noticeOf, seeOther, shown } from './answers.js';
import { detailFields, projectOptions } from './app-new.js';
import { detailErrors } from './check.js';
import { problems, select } from './fields.js';
import { ALREADY_SENT, formOf, submitted, valuesOf } from './form.js';
import { appFrame, formTag } from './frame.js';
import { filePart } from './multipart.js';
import { iconProblem, iconType, TOO_LARGE } from './picture.js';
import { ACCESS_NAMES, TYPE_NAMES } from './words.js';

/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./form.js').Form} Form */

/** @param {RunningApp} app */
const pathOf = ({ id }) => `/developer/apps/${id}`;

/** @param {RunningApp} app */
const detailsOf = ({ name, description = '', useCase = '', projectId = '' }) => ({ name, description, useCase, project: projectId });

/** @param {World} world @param {RunningApp} app @param {Partial<Form>} form */
const again = (world, app, form) => shown(world, settingsPage(world, app, formOf({ values: detailsOf(app), ...form })), 400);

/** @param {World} world @param {Request} request @param {RunningApp} app */
export const showSettings = (world, request, app) => shown(world, settingsPage(world, app, formOf({ ...noticeOf(request), values: detailsOf(app) })));

/** @param {World} world @param {Request} request @param {RunningApp} app */
export function changeDetails(world, request, app) {
  const { fields, stale } = submitted(world, request, { once: false });
  const typed = valuesOf(fields);
  const errors = detailErrors(world, typed, app);
  if (stale || Object.keys(errors).length > 0) return again(world, app, { values: { ...detailsOf(app), ...typed }, errors, ...(stale && { notice: ALREADY_SENT }) });
  const { name, description, useCase } = typed;
  changeApp(world, app.clientId, { name: name ?? app.name, description: description || undefined, useCase: useCase || undefined });
  return seeOther(world, pathOf(app), 'saved');
}

/** @param {World} world @param {Request} request @param {RunningApp} app */
export function changeIcon(world, request, app) {
  if (request.tooLarge) return again(world, app, { errors: { icon: TOO_LARGE } });
  const { fields, file } = filePart(request);
  if (!world.tickets.isOpen(fields.get('ticket') ?? '')) return again(world, app, { notice: ALREADY_SENT });
  if (fields.get('do') === 'remove') {
    changeApp(world, app.clientId, { icon: undefined });
    return seeOther(world, pathOf(app), 'saved');
  }
  const problem = iconProblem(file);
  const type = file && iconType(file);
  if (problem !== undefined || !file || !type) return again(world, app, { errors: { icon: problem ?? '' } });
  changeApp(world, app.clientId, { icon: { type, data: file.toString('base64') } });
  return seeOther(world, pathOf(app), 'saved');
}

/** Suspension and the Project: what X decides, or what only counts for its API. @param {World} world @param {Request} request @param {RunningApp} app */
export function changeStanding(world, request, app) {
  const { fields, stale } = submitted(world, request, { once: false });
  if (stale) return again(world, app, { notice: ALREADY_SENT });
  const act = fields.get('do');
  if (act === 'suspend' || act === 'lift') {
    changeApp(world, app.clientId, { suspended: act === 'suspend' });
    return seeOther(world, pathOf(app), act === 'suspend' ? 'suspended' : 'lifted');
  }
  const project = fields.get('project') ?? '';
  changeApp(world, app.clientId, world.projects.has(project) ? { projectId: project } : { enrolled: false });
  return seeOther(world, pathOf(app), 'saved');
}

/** @param {World} world @param {Request} request @param {RunningApp} app */
export function deleteApp(world, request, app) {
  if (submitted(world, request, { once: true }).stale) return again(world, app, { notice: ALREADY_SENT });
  removeApp(world, app.clientId);
  return seeOther(world, '/developer', 'deleted');
}

/** @param {World} world @param {RunningApp} app @param {Form} form */
function settingsPage(world, app, form) {
  const path = pathOf(app);
  const iconError = form.errors.icon === undefined ? '' : `<p class="error" id="icon-error">${escaped(sentence(form.errors.icon))}</p>`;
  const described = iconError === '' ? '' : ' aria-invalid="true" autofocus aria-describedby="icon-error icon-help"';
  return appFrame(
    app,
    '',
    form,
    `${problems(form)}
<section class="part"><h2>App details</h2>${formTag(path, world.tickets.open(), `${detailFields(form)}<div class="buttons"><button class="primary">Save</button></div>`)}</section>
<section class="part"><h2>App icon</h2>${formTag(`${path}/icon`, world.tickets.open(), `<div class="field"><label for="icon">Picture</label><p class="help" id="icon-help">PNG, JPEG or GIF, at most 700 KB. People see it when they sign in.</p>${iconError}<input type="file" id="icon" name="icon" accept="image/png,image/jpeg,image/gif"${described || ' aria-describedby="icon-help"'}></div><div class="buttons"><button name="do" value="upload">Upload</button>${app.icon ? '<button name="do" value="remove">Remove the picture</button>' : ''}</div>`, ' enctype="multipart/form-data"')}</section>
<section class="part"><h2>User authentication settings</h2>${authenticationSummary(app, path)}</section>
<section class="part"><h2>Project</h2>${formTag(`${path}/standing`, world.tickets.open(), `${select(form, 'project', { label: 'Project of this App', help: 'Without one, /2/users/me answers 403 client-not-enrolled, and people still sign in.', options: projectOptions(world) })}<div class="buttons"><button name="do" value="move">Move</button></div>`)}</section>
<section class="part"><h2>Suspension</h2><p>${app.suspended ? 'This App is suspended: nobody can sign in, and its keys and tokens are refused. Lifted, they work again.' : 'Try what yours does when X suspends it: sign-ins, keys and tokens are refused until it is lifted.'}</p><p class="help">At X nobody can set this: X suspends Apps that break its terms.</p>${formTag(`${path}/standing`, world.tickets.open(), `<div class="buttons">${app.suspended ? '<button name="do" value="lift">Lift the suspension</button>' : '<button name="do" value="suspend">Suspend the App</button>'}</div>`)}</section>
<section class="part"><h2>Delete this App</h2><p>Its keys and every token that people gave it are refused at once.</p>
<details class="sure"><summary class="button danger">Delete App</summary>${formTag(`${path}/delete`, world.tickets.open(), '<p>It cannot be brought back.</p><button class="danger">Yes, delete it</button>')}</details></section>`,
  );
}

/** @param {RunningApp} app @param {string} path */
function authenticationSummary({ oauth1, oauth2, type, redirectUris, requestEmail }, path) {
  if (!oauth1.enabled && !oauth2.enabled) return `<p>Nobody can sign in yet.</p><p><a class="button" href="${path}/authentication">Set up</a></p>`;
  const facts = [
    ['OAuth 2.0', oauth2.enabled ? `On: ${TYPE_NAMES[type]}` : 'Off'],
    ['OAuth 1.0a', oauth1.enabled ? `On: ${ACCESS_NAMES[oauth1.access]}` : 'Off'],
    ['Email', requestEmail ? 'Asked for' : 'Not asked for'],
    [redirectUris.length === 1 ? 'Callback' : 'Callbacks', redirectUris.join('\n')],
  ];
  return `<dl class="facts">${facts.map(([term = '', fact = '']) => `<dt>${term}</dt><dd${term.startsWith('Callback') ? ' class="callback-list"' : ''}>${breakable(fact)}</dd>`).join('')}</dl><p><a class="button" href="${path}/authentication">Edit</a></p>`;
}
