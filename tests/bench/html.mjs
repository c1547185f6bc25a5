/**
 * The pages: the same for all, but for the script and the button.
 * @module
 */

import { readFileSync } from 'node:fs';
import { at } from '../../www/tools/paths.mjs';

const probe = readFileSync(at('tests', 'bench', 'page', 'probe.js'), 'utf8');

/** @typedef {import('./contestants.mjs').Contestant} Contestant */

/** @param {Contestant} contestant */
export const scriptOf = ({ script, entry }) => script ?? `/bundle/${entry}`;

/** @param {Contestant} contestant */
const tag = (contestant) => (contestant.classic ? `<script defer src="${scriptOf(contestant)}"></script>` : `<script type="module" src="${scriptOf(contestant)}"></script>`);

/**
 * @param {Contestant} contestant
 * @param {{ flow?: string, buttons?: number, announced?: string, origin: string }} how `announced`: the address of a module
 */
export function startPage(contestant, { flow = 'popup', buttons = 1, announced, origin }) {
  const { id, element } = contestant;
  const hint = announced ? `<link rel="modulepreload" href="${announced}">` : '';
  const one = element
    ? `<sign-in-with-x client-id="bench-client" redirect-uri="${origin}/callback/${id}" scope="users.read tweet.read" exchange="/exchange" flow="${flow}"></sign-in-with-x>`
    : '<button type="button">Sign in with X</button>';
  const endpoints = '<script>for (const element of document.querySelectorAll("sign-in-with-x")) element.endpoints = { authorize: bench.authorize };</script>';
  return `<!doctype html>
<html lang="en" data-id="${id}" data-flow="${flow}" data-buttons="${buttons}"><head><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
<script>${probe}</script>
${hint}${tag(contestant)}</head>
<body>${one.repeat(buttons)}${element ? endpoints : ''}</body></html>`;
}

/** Where X sends the person back to. @param {Contestant} contestant */
export const callbackPage = (contestant) => `<!doctype html>
<html lang="en" data-id="${contestant.id}"><head><meta charset="utf-8"><title>Signing in</title><link rel="icon" href="data:,">
<script>${probe}</script>
${contestant.element || contestant.ours ? '<script src="/pkg/callback.js"></script>' : tag(contestant)}</head>
<body><div id="sign-in-with-x-status"></div></body></html>`;
