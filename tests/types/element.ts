// The element: found by its name, with typed properties and events.
import 'sign-in-with-x/define';
import { SignInWithXElement } from 'sign-in-with-x/element';
import type { Session, SignInError, SignInResult, SignInState } from 'sign-in-with-x';
import { holds, type Is } from './is.js';

const button = document.createElement('sign-in-with-x');
holds<Is<typeof button, SignInWithXElement>>();
const found = document.querySelector('sign-in-with-x');
holds<Is<typeof found, SignInWithXElement | null>>();
const asElement: HTMLElement = button;

button.addEventListener('sign-in', ({ detail }) => holds<Is<typeof detail, SignInResult>>());
button.addEventListener('sign-in-error', ({ detail }) => holds<Is<typeof detail, SignInError>>());
button.addEventListener('sign-in-cancel', ({ detail }) => holds<Is<typeof detail, null>>());
button.addEventListener('sign-in-state', ({ detail }) => holds<Is<typeof detail.state, SignInState>>());
button.addEventListener('sign-out', ({ detail }) => holds<Is<typeof detail, null>>());
button.addEventListener('sign-in', function () {
  holds<Is<typeof this, SignInWithXElement>>();
}, { once: true });
button.addEventListener('click', (event) => event.preventDefault());
button.addEventListener('sign-in', { handleEvent: () => {} });
// @ts-expect-error: the event has no user; its detail has
button.addEventListener('sign-in', ({ user }) => user);
// @ts-expect-error: an error is no result
button.addEventListener('sign-in-error', ({ detail }: CustomEvent<SignInResult>) => detail);

button.clientId = 'client';
button.theme = 'auto';
button.endpoints = { authorize: 'http://localhost:4001/i/oauth2/authorize' };
button.disabled = true;
button.locale = 'pt-BR';
button.label = 'Los!';
button.width = 240;
const width: string = button.width;
button.phrases = { waiting: '…', again: '…' };
// @ts-expect-error: the words are text
button.phrases = { cancel: 5 };
button.identity = 'none';
button.restore = true;
const session: Session | null = button.session;
button.session = null;
button.session = session;
// @ts-expect-error: a session has a user
button.session = { scopes: [] };
// @ts-expect-error: there is a chip, or none
button.identity = 'card';
const state: SignInState = button.state;
await button.signIn({ flow: 'popup' });
// @ts-expect-error: the mark is black or white
button.theme = 'blue';
// @ts-expect-error: what the sign-in is doing is not for the page to say
button.state = 'idle';
// @ts-expect-error A13: a page keeps no secret
button.clientSecret = 'secret';
// @ts-expect-error: a flag
button.disabled = 'disabled';

// The events bubble: a page may listen higher up.
document.addEventListener('sign-in', (event) => event.detail.scopes.length);
document.body.addEventListener('sign-in-error', ({ detail }) => detail.code);
