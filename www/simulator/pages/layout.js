/**
 * The frame of every page: the banner that says what this is, the mark, a card. Plain HTML; the log alone has a script.
 * @module
 */

/** The mark of X Corp., path from simple-icons 16.28.0 (CC0), on a grid of 24. */
const MARK =
  'M14.234 10.162 22.977 0h-2.072l-7.591 8.824L7.251 0H.258l9.168 13.343L.258 24H2.33l8.016-9.318L16.749 24h6.993zm-2.837 ' +
  '3.299-.929-1.329L3.076 1.56h3.182l5.965 8.532.929 1.329 7.754 11.09h-3.182z';

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 48 48"><rect x="-12" y="-12" width="48" height="48" rx="11"/><path fill="#fff" d="${MARK}"/></svg>`;

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text for HTML, in an element or in a quoted attribute.
 * @param {string} text
 */
export const escaped = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** … which, if it is a long address, breaks after a slash rather than inside a word. @param {string} text */
export const breakable = (text) => escaped(text).replace(/(?<=[^/]\/)(?=[^/])/g, '<wbr>');

/**
 * @param {string} title plain text
 * @param {string} content HTML
 * @param {{ wide?: boolean, sheet?: string, script?: string }} [how] a wider card; one more style sheet, of assets.js; a script of ours, which the page works without
 */
export function layout(title, content, { wide = false, sheet, script } = {}) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="/_assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/_assets/page.css">${sheet ? `\n<link rel="stylesheet" href="/_assets/${sheet}">` : ''}${script ? `\n<script src="${script}" defer></script>` : ''}
</head>
<body>
<header class="banner"><strong>Simulator of X on this machine:</strong> nothing here reaches x.com</header>
<main class="card${wide ? ' wide' : ''}">
<svg class="mark" viewBox="0 0 24 24" role="img" aria-label="X"><path d="${MARK}"/></svg>
${content}
</main>
</body>
</html>
`;
}

/**
 * The box in which the simulator speaks for itself, which X does not.
 * @param {string} html
 */
export const hint = (html) => `<aside class="hint" aria-label="Hint of the simulator"><p><strong>The simulator’s hint</strong> (X shows nothing like it)</p>${html}</aside>`;
