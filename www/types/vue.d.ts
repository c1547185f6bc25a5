import type { DefineComponent, MaybeRefOrGetter, Ref, ShallowRef } from 'vue';
import type { SignInActions, SignInSession, SignInWithXAttributes, SignInWithXListeners, UseSignInOptions } from './component.d.ts';
import type { SignInWithXElement } from './element.d.ts';

export type { SignInActions, SignInSession, UseSignInOptions } from './component.d.ts';

/** What `<SignInWithX>` takes; besides, what any element of HTML takes, such as `id`, `class` and `style`. */
export interface SignInWithXProps extends SignInWithXAttributes, SignInWithXListeners {}

/**
 * `<sign-in-with-x>` for Vue 3, also rendered on a server; Vue's compiler need not be told of the element. It registers the
 * element when it is mounted; a template ref has it as `element`. The slot is shown until the engine is there.
 */
export const SignInWithX: DefineComponent<SignInWithXProps, { element: Readonly<ShallowRef<SignInWithXElement | null>> }>;

/** A sign-in by a control of your own, and who is signed in. One client for as long as the component is in the page. */
export function useSignInWithX(options: MaybeRefOrGetter<UseSignInOptions>): { [Name in keyof SignInSession]: Ref<SignInSession[Name]> } & SignInActions;
