export type { SignInResult } from 'sign-in-with-x';
export type { SignInWithXElement } from 'sign-in-with-x/element';
