export { links, permissions } from './index.js';
export type { AccessLevel, Permissions } from './index.d.ts';

/**
 * The element `<sign-in-with-x-permissions>`: what a sign-in lets the App view and do, in X's words, and where to take it
 * back. `sign-in-with-x/permissions/define` registers it.
 *
 * Each property reads and writes the attribute of the same name (`headingLevel` ↔ `heading-level`). Child content is what
 * people see before the element is defined, and without JavaScript. Parts: `group`, `heading`, `list`, `item`, `icon`,
 * `links`, `link`.
 */
export class SignInWithXPermissionsElement extends HTMLElement {
  static observedAttributes: string[];
  /** Space-separated. Default: `tweet.read users.read`. */
  scope: string;
  /** The level of an OAuth 1.0a App; `scope` is then not read. Default: none. */
  level: 'read' | 'write' | 'messages' | '';
  /** The e-mail address as well, as the scope `users.email` says it. Default: `false`. */
  email: boolean;
  /** Which `<h2>` to `<h6>` the headings are. Default: `3`. */
  get headingLevel(): '2' | '3' | '4' | '5' | '6' | '';
  set headingLevel(level: '2' | '3' | '4' | '5' | '6' | '' | 2 | 3 | 4 | 5 | 6);
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-with-x-permissions': SignInWithXPermissionsElement;
  }
}
