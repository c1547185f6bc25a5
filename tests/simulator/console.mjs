/** Uses the developer console as a person with a browser does: opens a page, fills in one of its forms, sends it. */
import assert from 'node:assert/strict';
import { get, post } from './helpers.mjs';

const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]);
const attribute = (tag, name) => unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** What a form would send as it stands: `[name, value]`, without its buttons. */
function fieldsOf(form) {
  const pairs = [];
  for (const [tag] of form.matchAll(/<input\b[^>]*>|<(textarea|select)\b[^>]*>[^]*?<\/\1>/g)) {
    const head = tag.slice(0, tag.indexOf('>') + 1);
    const inner = tag.slice(head.length).replace(/<\/(?:textarea|select)>$/, '');
    const [, element] = /^<(\w+)/.exec(head);
    const name = attribute(head, 'name');
    if (element === 'textarea') pairs.push([name, unescaped(inner)]);
    else if (element === 'select') pairs.push([name, attribute(/<option[^>]* selected/.exec(inner)?.[0].concat('>') ?? /<option[^>]*>/.exec(inner)?.[0] ?? '', 'value')]);
    else if (!/type="(?:checkbox|radio)"/.test(head) || / checked/.test(head)) pairs.push([name, attribute(head, 'value')]);
  }
  return pairs;
}

export async function open(simulator, path) {
  return page(simulator, await get(`${simulator.url}${path}`));
}

/** A page with its forms by where they go (the first button's `do` beside it, where there are several). */
export async function page(simulator, response) {
  const html = await response.text();
  const forms = [...html.matchAll(/<form method="post" action="([^"]*)"[^>]*>[^]*?<\/form>/g)].map(([form, action]) => ({ form, action }));
  const text = unescaped(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
  /**
   * Sends a form. `changes` are what is typed (`null` unchecks, a list is for several fields of one name), `press` the
   * value of the button.
   */
  const send = async (action, changes = {}, { press, headers = {} } = {}) => {
    const found = forms.find((each) => each.action === action && (press === undefined || each.form.includes(`value="${press}"`)));
    assert.ok(found, `a form for ${action}`);
    const kept = fieldsOf(found.form).filter(([name]) => !Object.hasOwn(changes, name));
    const typed = Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((each) => [name, each])));
    const sent = await post(`${simulator.url}${action}`, [...kept, ...typed, ...(press === undefined ? [] : [['do', press]])], headers);
    if (sent.status !== 303) return page(simulator, sent);
    return Object.assign(await open(simulator, sent.headers.get('location')), { location: sent.headers.get('location'), status: 303 });
  };
  /** What is said beside a field. */
  const errorAt = (name) => unescaped(new RegExp(`id="${name}-error">([^<]*)<`).exec(html)?.[1] ?? '');
  const valueOf = (name) => forms.flatMap(({ form }) => fieldsOf(form)).filter(([each]) => each === name).map(([, value]) => value);
  return { status: response.status, headers: response.headers, html, text, forms, send, errorAt, valueOf };
}

export const pathOf = (simulator, clientId) => `/developer/apps/${simulator.apps.find((app) => app.clientId === clientId).id}`;

/** The keys that a page shows, by their labels. */
export const keysOf = ({ html }) =>
  Object.fromEntries([...html.matchAll(/<dt>([^<]*)<\/dt><dd>(?:<code class="key">([^<]*)<\/code>)?/g)].filter(([, , key]) => key !== undefined).map(([, label, key]) => [label, unescaped(key)]));
