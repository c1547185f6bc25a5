/**
 * The code for what is on the screen, for people to take with them.
 * @module
 */

import { DEFAULTS } from './playground-options.js';

/** @typedef {Readonly<Record<string, string>>} Chosen attribute → value */

export const LANGUAGES = /** @type {const} */ (['HTML', 'Module', 'React', 'Vue']);

const CLIENT_ID = 'YOUR_CLIENT_ID';
const REDIRECT_URI = 'https://example.com/auth/x/callback';

/** What differs from the defaults. @param {Chosen} chosen */
const changed = (chosen) => Object.entries(chosen).filter(([name, value]) => value !== DEFAULTS[name]);

/** @param {string} value */
const escaped = (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** @param {Chosen} chosen @param {string} indent @param {string[]} [more] */
function tag(chosen, indent, more = []) {
  const attributes = [
    ['client-id', CLIENT_ID],
    ['redirect-uri', REDIRECT_URI],
    ...changed(chosen),
  ].map(([name, value]) => (name === 'disabled' ? name : `${name}="${escaped(String(value))}"`));
  return `${indent}<sign-in-with-x\n${[...attributes, ...more].map((line) => `${indent}  ${line}\n`).join('')}${indent}></sign-in-with-x>`;
}

/** @param {string} value */
const quoted = (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** @param {string} name */
const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** @param {Chosen} chosen */
function module(chosen) {
  /** What belongs to the sign-in; the rest is the button's. */
  const signIn = ['flow', 'scope', 'locale'];
  const line = (/** @type {[string, string]} */ [name, value]) => {
    if (name === 'scope') return `  scopes: ${quoted(value)},\n`;
    const isPlain = name === 'disabled' || /^\d+$/.test(value);
    return `  ${camelCase(name)}: ${isPlain ? value : quoted(value)},\n`;
  };
  const all = changed(chosen);
  const options = all.filter(([name]) => signIn.includes(name)).map(line).join('');
  const looks = all.filter(([name]) => !signIn.includes(name)).map(line).join('');
  return `import { createSignIn } from 'sign-in-with-x';

const x = createSignIn({
  clientId: '${CLIENT_ID}',
  redirectUri: '${REDIRECT_URI}',
${options}});

x.renderButton(document.querySelector('#sign-in'), {
${looks}  onResult: ({ user }) => console.log(user.username),
  onError: ({ code, hint }) => console.warn(code, hint),
});`;
}

/**
 * @param {typeof LANGUAGES[number]} language
 * @param {Chosen} chosen
 * @returns {string}
 */
export function codeFor(language, chosen) {
  switch (language) {
    case 'HTML':
      return `<script type="module" src="/node_modules/sign-in-with-x/define.js"></script>

${tag(chosen, '')}

<script type="module">
  const button = document.querySelector('sign-in-with-x');
  button.addEventListener('sign-in', ({ detail }) => {
    console.log(detail.user.username);
  });
</script>`;
    case 'Module':
      return module(chosen);
    case 'React':
      return `import { useEffect, useRef } from 'react';
import 'sign-in-with-x/define';

export function SignInWithX({ onSignIn }) {
  const button = useRef(null);

  useEffect(() => {
    const element = button.current;
    const listener = ({ detail }) => onSignIn(detail);
    element.addEventListener('sign-in', listener);
    return () => element.removeEventListener('sign-in', listener);
  }, [onSignIn]);

  return (
${tag(chosen, '    ', ['ref={button}'])}
  );
}`;
    case 'Vue':
      return `<script setup>
import 'sign-in-with-x/define';

const emit = defineEmits(['signIn']);
</script>

<template>
${tag(chosen, '  ', ['@sign-in="({ detail }) => emit(\'signIn\', detail)"'])}
</template>

<!-- vite.config.js: vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'sign-in-with-x' } } }) -->`;
  }
}
