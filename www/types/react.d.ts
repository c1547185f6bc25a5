import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';
import type { SignInActions, SignInSession, SignInWithXAttributes, SignInWithXListeners, UseSignInOptions } from './component.d.ts';
import type { SignInWithXElement } from './element.d.ts';

export type { SignInActions, SignInSession, UseSignInOptions } from './component.d.ts';

/** What `<SignInWithX>` takes; besides, what any element of HTML takes, such as `id`, `className` and `style`. */
export interface SignInWithXProps extends SignInWithXAttributes, SignInWithXListeners, Omit<HTMLAttributes<SignInWithXElement>, keyof SignInWithXAttributes> {}

/**
 * `<sign-in-with-x>` for React 18 and 19, also rendered on a server. It registers the element when it is mounted; its `ref` is the
 * element. Children are shown until the engine is there.
 */
export const SignInWithX: ForwardRefExoticComponent<SignInWithXProps & RefAttributes<SignInWithXElement>>;

/** A sign-in by a control of your own, and who is signed in. One client for as long as the component is in the page. */
export function useSignInWithX(options: UseSignInOptions): SignInSession & SignInActions;
