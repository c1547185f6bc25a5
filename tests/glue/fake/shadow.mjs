/** As much of a shadow tree as www/src/identity.js needs, and the button that the engine would have drawn into it. */

export class FakeNode extends EventTarget {
  /** @type {FakeNode[]} */ children = [];
  /** @type {FakeNode | undefined} */ parent;
  /** @type {Record<string, string>} */ attributes = {};
  hidden = false;
  #text = '';

  /** @param {string} tag @param {Record<string, string>} [attributes] @param {FakeNode[]} [children] */
  constructor(tag, attributes = {}, children = []) {
    super();
    this.tag = tag;
    this.attributes = { ...attributes };
    this.append(...children);
  }

  /** @returns {string} */
  get textContent() {
    return this.children.length ? this.children.map(({ textContent }) => textContent).join('') : this.#text;
  }
  set textContent(text) {
    this.children = [];
    this.#text = text;
  }
  setAttribute = (/** @type {string} */ name, /** @type {string} */ value) => void (this.attributes[name] = value);
  removeAttribute = (/** @type {string} */ name) => delete this.attributes[name];
  append(/** @type {(FakeNode | string)[]} */ ...nodes) {
    for (const node of nodes) {
      if (typeof node === 'string') this.#text += node;
      else this.children.push(Object.assign(node, { parent: this }));
    }
  }
  replaceChildren(/** @type {FakeNode[]} */ ...nodes) {
    this.textContent = '';
    this.append(...nodes);
  }
  remove() {
    if (this.root.activeElement && this.contains(this.root.activeElement)) this.root.activeElement = null;
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
    this.parent = undefined;
  }
  cloneNode = () => new FakeNode(this.tag, this.attributes, this.children);
  contains = (/** @type {any} */ other) => {
    for (let node = other; node; node = node.parent) if (node === this) return true;
    return false;
  };
  focus() {
    this.root.activeElement = this;
  }
  /** No control of a notice's. */
  closest = () => null;
  click = () => this.dispatchEvent(new Event('click'));
  /** @returns {any} */
  get root() {
    return this.parent ? this.parent.root : this;
  }
  /** @param {string} css `[name=value]` @returns {FakeNode | null} */
  querySelector(css) {
    const [, name = '', value] = /^\[(.+)=(.+)\]$/.exec(css) ?? [];
    for (const child of this.children) {
      const found = child.attributes[name] === value ? child : child.querySelector(css);
      if (found) return found;
    }
    return null;
  }
}

/** Where the engine draws in tests that do not look. @type {any} */
export const nowhere = { textContent: '', firstChild: null, nextSibling: null, setAttribute() {}, removeAttribute() {}, insertBefore: () => nowhere };
nowhere.parentNode = nowhere;

/** A root with a button in it. */
export function drawnRoot() {
  const button = new FakeNode('button', { part: 'button' }, [new FakeNode('svg', { part: 'mark' })]);
  return Object.assign(new FakeNode('#root', {}, [button, new FakeNode('span', { role: 'status' })]), {
    host: { style: { setProperty() {} } },
    firstChild: null,
    insertBefore: () => nowhere,
    querySelectorAll: () => [],
    adoptedStyleSheets: [],
    activeElement: /** @type {FakeNode | null} */ (null),
  });
}
