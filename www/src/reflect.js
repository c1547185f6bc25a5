/** @param {string} attribute */
export const camelCase = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/**
 * Gives each attribute a property of the same name in camelCase that reads and writes it.
 * @param {object} prototype an element's
 * @param {readonly string[]} attributes
 * @param {readonly string[]} flags those that are there or not
 */
export function reflect(prototype, attributes, flags) {
  for (const attribute of attributes) {
    const flag = flags.includes(attribute);
    Object.defineProperty(prototype, camelCase(attribute), {
      configurable: true,
      enumerable: true,
      /** @this {Element} */
      get() {
        return flag ? this.hasAttribute(attribute) : (this.getAttribute(attribute) ?? '');
      },
      /** @this {Element} @param {unknown} value */
      set(value) {
        if (flag) this.toggleAttribute(attribute, Boolean(value));
        else if (value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, String(value));
      },
    });
  }
}
