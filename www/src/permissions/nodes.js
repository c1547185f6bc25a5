/** Nodes made one by one: Trusted Types allow no HTML text (`trusted-types 'none'`). */

const SVG = 'http://www.w3.org/2000/svg';

/** Drawn in a square of 20: an eye, a pencil, a question mark in a ring. */
const SHAPES = {
  view: ['M1.5 10S4.5 4.25 10 4.25 18.5 10 18.5 10 15.5 15.75 10 15.75 1.5 10 1.5 10Z', 'M10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5Z'],
  do: ['M12.75 3.75 16.25 7.25 7 16.5 3 17l.5-4Z', 'M10.75 5.75 14.25 9.25'],
  other: ['M10 2.25a7.75 7.75 0 1 0 0 15.5 7.75 7.75 0 1 0 0-15.5Z', 'M7.75 8a2.25 2.25 0 1 1 3.5 1.85c-.75.5-1.25.9-1.25 1.65', 'M10 14.25v.01'],
};

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function make(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** A decoration: it says nothing that the words beside it do not. @param {keyof typeof SHAPES} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of [['part', 'icon'], ['viewBox', '0 0 20 20'], ['aria-hidden', 'true']]) svg.setAttribute(key, value);
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', shape);
    svg.append(path);
  }
  return svg;
}

/** English on a page of any language and direction: spoken as English, and its full stops stay behind it. @param {string} text */
export const english = (text) => make('bdi', { lang: 'en' }, text);
