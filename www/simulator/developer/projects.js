/**
 * Projects & Apps: the list, and what a Project is called.
 * @module
 */
import { addProject, removeProject } from '../apps/changes.js';
import { appIconTag } from '../pages/app-icon.js';
import { escaped } from '../pages/layout.js';
import { noticeOf, seeOther, shown } from './answers.js';
import { problems, textField } from './fields.js';
import { ALREADY_SENT, formOf, submitted, valuesOf } from './form.js';
import { formTag, frame, suspendedTag } from './frame.js';
import { TYPE_NAMES } from './words.js';

/** @typedef {import('../types.js').Project} Project */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./form.js').Form} Form */

/** @param {World} world @param {Request} request */
export function showList(world, request) {
  const form = formOf(noticeOf(request));
  const sections = [...world.projects.values()].map((project) => section(world, project));
  const alone = [...world.apps.values()].filter(({ projectId }) => projectId === undefined);
  const standalone = `<section class="project"><header><h2>Standalone Apps</h2></header><p class="quiet">They sign people in, and the API v2 refuses them: an App has to be in a Project for <code>/2/users/me</code>.</p>${appList(alone)}</section>`;
  return shown(
    world,
    frame(
      { title: 'Projects & Apps', depth: 1, form },
      `<div class="title"><h1>Projects &amp; Apps</h1><div class="title-actions"><a class="button primary" href="/developer/apps/new">Create App</a><a class="button" href="/developer/projects/new">New Project</a></div></div>
<p class="quiet">As in X’s developer console. What is changed here holds at once.</p>
${sections.join('\n')}
${alone.length > 0 ? standalone : ''}`,
    ),
  );
}

/** @param {World} world @param {Project} project */
function section({ apps }, { id, name, description }) {
  const own = [...apps.values()].filter(({ projectId }) => projectId === id);
  return `<section class="project"><header><h2>${escaped(name)}</h2><a href="/developer/projects/${escaped(id)}">Edit<span class="unseen"> the Project ${escaped(name)}</span></a></header>${description === '' ? '' : `<p class="quiet">${escaped(description)}</p>`}${own.length > 0 ? appList(own) : `<p class="empty">No Apps yet. <a href="/developer/apps/new?project=${escaped(id)}">Create one</a>.</p>`}</section>`;
}

/** @param {RunningApp[]} apps */
function appList(apps) {
  const items = apps.map((app) => {
    const state = app.oauth1.enabled || app.oauth2.enabled ? TYPE_NAMES[app.type] : 'User authentication is not set up';
    return `<li><a class="app-link" href="/developer/apps/${app.id}">${appIconTag(app, 44)}<span class="who"><span class="name">${escaped(app.name)}</span><span class="handle">${state}<span class="dot"> · </span><span>App ID ${app.id}</span></span></span>${suspendedTag(app.suspended)}</a></li>`;
  });
  return `<ul class="apps">${items.join('')}</ul>`;
}

/** @param {World} world */
export const showNewProject = (world) => shown(world, newProjectPage(world, formOf()));

/** @param {World} world @param {Request} request */
export function createProject(world, request) {
  const { values, form } = projectForm(world, request);
  if (form) return shown(world, newProjectPage(world, form), 400);
  const { id } = addProject(world, values);
  world.journal.record('project_added', { project: id });
  return seeOther(world, '/developer', 'created');
}

/** @param {World} world @param {Form} form */
function newProjectPage(world, form) {
  return frame(
    { title: 'New Project', form },
    `<h1>New Project</h1>${problems(form)}${formTag('/developer/projects/new', world.tickets.open(), `${projectFields(form)}<div class="buttons"><button class="primary">Create Project</button><a class="button" href="/developer">Cancel</a></div>`)}`,
  );
}

/** @param {World} world @param {Request} request @param {Project} project */
export const showProject = (world, request, project) => shown(world, projectPage(world, project, formOf({ ...noticeOf(request), values: { ...project } })));

/** @param {World} world @param {Request} request @param {Project} project */
export function changeProject(world, request, project) {
  const { values, form } = projectForm(world, request, project);
  if (form) return shown(world, projectPage(world, project, form), 400);
  world.projects.set(project.id, { id: project.id, ...values });
  world.journal.record('project_changed', { project: project.id });
  return seeOther(world, `/developer/projects/${project.id}`, 'saved');
}

/** @param {World} world @param {Request} request @param {Project} project */
export function deleteProject(world, request, project) {
  if (submitted(world, request, { once: true }).stale) return shown(world, projectPage(world, project, formOf({ notice: ALREADY_SENT, values: { ...project } })), 400);
  removeProject(world, project.id);
  world.journal.record('project_removed', { project: project.id });
  return seeOther(world, '/developer', 'deleted');
}

/** @param {World} world @param {Project} project @param {Form} form */
function projectPage(world, project, form) {
  const path = `/developer/projects/${project.id}`;
  const own = [...world.apps.values()].filter(({ projectId }) => projectId === project.id);
  return frame(
    { title: project.name, form },
    `<h1>${escaped(project.name)}</h1>${problems(form)}
${formTag(path, world.tickets.open(), `${projectFields(form)}<div class="buttons"><button class="primary">Save</button><a class="button" href="/developer">Cancel</a></div>`)}
<section class="part"><h2>Delete this Project</h2>
<p>${own.length > 0 ? 'Its Apps stay, as standalone Apps. They go on signing people in, and the API v2 refuses them.' : 'There are no Apps in it.'}</p>
<details class="sure"><summary class="button danger">Delete Project</summary>${formTag(`${path}/delete`, world.tickets.open(), '<p>It cannot be brought back.</p><button class="danger">Yes, delete it</button>')}</details></section>`,
  );
}

/** @param {Form} form */
const projectFields = (form) =>
  `${textField(form, 'name', { label: 'Project name', needed: true })}${textField(form, 'description', { label: 'Project description', long: true })}${textField(form, 'useCase', { label: 'Use case', help: 'What you will do with the API. X asks for it; nobody sees it here.', long: true })}`;

/**
 * @param {World} world
 * @param {Request} request
 * @param {Project} [before]
 * @returns {{ values: Omit<Project, 'id'>, form?: Form }}
 */
function projectForm(world, request, before) {
  const { fields, stale } = submitted(world, request, { once: before === undefined });
  const typed = valuesOf(fields);
  const { name = '', description = '', useCase = '' } = typed;
  /** @type {Record<string, string>} */
  const errors = {};
  if (name === '') errors.name = 'Give the Project a name';
  else if ([...world.projects.values()].some((project) => project !== before && project.name === name)) errors.name = `Another Project has the name "${name}"`;
  const bad = stale || Object.keys(errors).length > 0;
  return { values: { name, description, useCase }, ...(bad && { form: formOf({ values: typed, errors, ...(stale && { notice: ALREADY_SENT }) }) }) };
}
