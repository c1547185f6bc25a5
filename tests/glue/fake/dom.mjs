/** As much of a document as the engine needs to draw a button, and a note of every word that was ever in it. */

class Node {
  /** @type {Node[]} */ children = [];
  /** @type {Node | undefined} */ parent;
  /** @type {Record<string, string>} */ attributes = {};
  #text = '';

  /** @param {string} tag @param {string[]} said */
  constructor(tag, said) {
    this.tag = tag;
    this.said = said;
  }
  get firstChild() {
    return this.children[0] ?? null;
  }
  get parentNode() {
    return this.parent ?? null;
  }
  get nextSibling() {
    const around = this.parent?.children ?? [];
    return around[around.indexOf(this) + 1] ?? null;
  }
  get textContent() {
    return this.#text;
  }
  set textContent(text) {
    this.#text = text;
    if (text) this.said.push(text);
  }
  get localName() {
    return this.tag;
  }
  insertBefore = (/** @type {Node} */ child, /** @type {Node | null} */ before) => {
    child.parent = this;
    this.children.splice(before ? this.children.indexOf(before) : this.children.length, 0, child);
    return child;
  };
  setAttribute = (/** @type {string} */ name, /** @type {string} */ value) => void (this.attributes[name] = value);
  removeAttribute = (/** @type {string} */ name) => void delete this.attributes[name];
  /** @param {(node: Node) => boolean} test @returns {Node | undefined} */
  find = (test) => (test(this) ? this : this.children.map((child) => child.find(test)).find(Boolean));
}

/** A page's document that buttons can be drawn in. */
export function drawable() {
  /** Every text, in order. @type {string[]} */ const said = [];
  return {
    said,
    createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => new Node(tag, said),
    /** @param {EventTarget} [target] */
    makeRoot: (target = new EventTarget()) => {
      const root = new Node('', said);
      return Object.assign(root, { host: { style: { setProperty() {} } }, addEventListener: target.addEventListener.bind(target), querySelector: () => null });
    },
  };
}

/** What a drawn button says, and how it is marked. @param {any} root */
export function shown(root) {
  if (!root?.firstChild) return null;
  const { attributes } = root.find((/** @type {Node} */ { attributes: { part } }) => part === 'button');
  const label = root.find((/** @type {Node} */ node) => node.attributes.part === 'label').textContent;
  return [label, attributes.lang ?? '', attributes.dir ?? ''].join(' | ');
}
