import { english, icon, make } from './nodes.js';
import { links, permissions } from './permissions.js';
import { camelCase, reflect } from '../reflect.js';
import { STYLE } from './style.js';

const ATTRIBUTES = ['scope', 'level', 'email', 'heading-level'];

/** What a sign-in asks for that says nothing else. */
const SCOPE = 'tweet.read users.read';

/** The first two are X's. */
const HEADINGS = /** @type {const} */ ({
  view: 'Things this App can view',
  do: 'Things this App can do',
  other: 'Other permissions',
});

/** In the order of the page. @type {[keyof typeof links, string][]} */
const LINKS = [
  ['connectedApps', 'Connected apps'],
  ['sessions', 'Sessions'],
  ['help', 'Help'],
];

// On a server there is no HTMLElement; the class can still be imported there, only not registered.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** The element `<sign-in-with-x-permissions>`; `sign-in-with-x/permissions/define` registers it. */
export class SignInWithXPermissionsElement extends Base {
  static observedAttributes = ATTRIBUTES;

  connectedCallback() {
    // A property set before the element was defined hides the accessor.
    for (const name of ATTRIBUTES.map(camelCase)) {
      if (!Object.hasOwn(this, name)) continue;
      const value = /** @type {any} */ (this)[name];
      delete (/** @type {any} */ (this)[name]);
      /** @type {any} */ (this)[name] = value;
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    // A sheet belongs to one document, and this may be another than the last time.
    root.adoptedStyleSheets = [sheetOf(this.ownerDocument)];
    if (!root.firstChild) root.append(make('div', { class: 'groups' }), linksNode());
    this.#draw();
  }

  attributeChangedCallback() {
    if (this.shadowRoot) this.#draw();
  }

  /** The links stay as they are, and with them the keyboard's place. */
  #draw() {
    const level = this.getAttribute('level');
    const email = this.hasAttribute('email');
    const granted = permissions(
      level ? /** @type {any} */ ({ level, email }) : `${this.getAttribute('scope') || SCOPE}${email ? ' users.email' : ''}`,
    );
    const tag = `h${/^[2-6]$/.exec(this.getAttribute('heading-level') ?? '') ?? 3}`;
    const groups = /** @type {(keyof typeof HEADINGS)[]} */ (['view', 'do', 'other']);
    this.shadowRoot?.querySelector('.groups')?.replaceChildren(
      ...groups.filter((group) => granted[group].length > 0).map((group) => groupNode(group, tag, granted[group])),
    );
  }
}

/** @param {keyof typeof HEADINGS} group @param {string} tag @param {string[]} items */
function groupNode(group, tag, items) {
  // Safari takes a list without bullets for none, unless it is told.
  const list = make('ul', { part: 'list', role: 'list', 'aria-labelledby': group });
  for (const item of items) {
    const words = group === 'other' ? make('bdi', {}, item) : english(item);
    // In a span, or its second line would go to the side on which its own language begins.
    list.append(make('li', { part: 'item' }, icon(group), make('span', {}, words)));
  }
  return make('div', { part: 'group' }, make(tag, { part: 'heading', id: group }, english(HEADINGS[group])), list);
}

function linksNode() {
  const items = LINKS.map(([name, words]) => {
    const away = make('span', { class: 'away', lang: 'en' }, ' on X, opens in a new tab');
    // The page stays: somebody may be waiting in it for a sign-in. And X need not know which page it was.
    return make('li', {}, make('a', { part: 'link', href: links[name], target: '_blank', rel: 'noreferrer' }, english(words), away));
  });
  return make('div', { part: 'links' }, make('p', {}, english('You can review and revoke access on X at any time.')), make('ul', { role: 'list' }, ...items));
}

/** @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/** @param {Document} document */
function sheetOf(document) {
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new (document.defaultView ?? globalThis).CSSStyleSheet();
    sheet.replaceSync(STYLE);
    sheets.set(document, sheet);
  }
  return sheet;
}

reflect(SignInWithXPermissionsElement.prototype, ATTRIBUTES, ['email']);
