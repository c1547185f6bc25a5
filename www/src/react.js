'use client';
// <SignInWithX> and useSignInWithX() for React 18 and 19. React is the host's.
import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { ATTRIBUTES, EVENTS, NOBODY, PROPERTIES, attributesOf, follow, open } from './component.js';

// A server has no layout, and React 18 warns of it there.
const useLayout = globalThis.document ? useLayoutEffect : useEffect;

/**
 * What was given last: a component gives new functions each time it is drawn.
 * @template T
 * @param {T} value
 */
function useLatest(value) {
  const latest = useRef(value);
  useLayout(() => {
    latest.current = value;
  });
  return latest;
}

/** What the element does not know, such as `id` and `style`, as it is. @param {Record<string, any>} props */
const othersOf = (props) =>
  Object.fromEntries(Object.entries(props).filter(([name]) => !(name in EVENTS || ATTRIBUTES.has(name) || PROPERTIES.includes(name))));

export const SignInWithX = /* @__PURE__ */ forwardRef(
  /** @param {any} props @param {any} ref */
  function SignInWithX({ children, className, ...props }, ref) {
    const element = /** @type {{ current: any }} */ (useRef(null));
    const latest = useLatest(props);
    const given = useRef(/** @type {Record<string, boolean>} */ ({}));
    useImperativeHandle(ref, () => element.current, []);
    for (const name of PROPERTIES) {
      // By what it says: another object that says the same must not end a sign-in.
      useLayout(() => {
        if (props[name] === undefined && !given.current[name]) return;
        given.current[name] = true;
        element.current[name] = props[name];
      }, [JSON.stringify(props[name])]);
    }
    useEffect(() => follow(element.current, (name, detail) => latest.current[name]?.(detail)), []);
    // `class`, because React 18 translates `className` for HTML's own elements only.
    return createElement('sign-in-with-x', { ...othersOf(props), ...attributesOf(props), class: className, ref: element }, children);
  },
);

/** @param {import('../types/react.d.ts').UseSignInOptions} options */
export function useSignInWithX(options) {
  const [now, set] = useState(NOBODY);
  const latest = useLatest(options);
  const client = /** @type {{ current: ReturnType<typeof open> | undefined }} */ (useRef(undefined));
  const [actions] = useState(() => /** @type {import('../types/react.d.ts').SignInActions} */ ({
    signIn: async (request) => (await client.current?.signIn(request)) ?? null,
    signOut: async () => client.current?.signOut(),
    cancel: () => client.current?.cancel(),
  }));
  useEffect(() => {
    const one = open(latest.current, (change) => set((before) => ({ ...before, ...change })));
    client.current = one;
    return one.end;
  }, [JSON.stringify(options)]);
  return { ...now, ...actions };
}
