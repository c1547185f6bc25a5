/** As much of an element as the callback page needs. */
export function makeElement() {
  const element = {
    textContent: '',
    href: '',
    dataset: /** @type {Record<string, string>} */ ({}),
    children: /** @type {any[]} */ ([]),
    parent: /** @type {any} */ (undefined),
    onclick: /** @type {(() => void) | undefined} */ (undefined),
    replaceChildren(/** @type {any[]} */ ...children) {
      element.children = children;
      for (const child of children) child.parent = element;
    },
    before(/** @type {any[]} */ ...others) {
      const { children } = element.parent;
      children.splice(children.indexOf(element), 0, ...others);
    },
  };
  return element;
}
