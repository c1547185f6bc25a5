// <SignInWithX> and useSignInWithX() for Vue 3. Vue is the host's.
import { defineComponent, h, onBeforeUnmount, onMounted, shallowReactive, shallowRef, toRefs, toValue, watch } from 'vue';
import { ATTRIBUTES, EVENTS, NOBODY, PROPERTIES, attributesOf, follow, open } from './component.js';

const FLAGS = ['disabled', 'restore'];

/** `onSignIn` → `signIn`, as Vue names an event. @param {string} name */
const eventOf = (name) => name[2].toLowerCase() + name.slice(3);

export const SignInWithX = /* @__PURE__ */ defineComponent({
  name: 'SignInWithX',
  props: /* @__PURE__ */ Object.fromEntries([...ATTRIBUTES.keys(), ...PROPERTIES].map((name) => [name, FLAGS.includes(name) ? Boolean : null])),
  emits: /* @__PURE__ */ Object.keys(EVENTS).map(eventOf),
  setup(/** @type {Record<string, any>} */ props, { attrs, emit, expose, slots }) {
    const element = /** @type {import('vue').ShallowRef<any>} */ (shallowRef(null));
    const stop = shallowRef(() => {});
    expose({ element });
    onMounted(() => {
      for (const name of PROPERTIES) {
        // By what it says: another object that says the same must not end a sign-in.
        const set = () => (element.value[name] = props[name]);
        if (props[name] !== undefined) set();
        watch(() => JSON.stringify(props[name]), set);
      }
      stop.value = follow(element.value, (name, detail) => emit(eventOf(name), detail));
    });
    onBeforeUnmount(() => stop.value());
    return () => h('sign-in-with-x', { ...attributesOf({ ...attrs, ...props }), ref: element }, slots.default?.());
  },
});

/** @param {import('vue').MaybeRefOrGetter<import('../types/vue.d.ts').UseSignInOptions>} options */
export function useSignInWithX(options) {
  const now = shallowReactive({ ...NOBODY });
  /** @type {ReturnType<typeof open> | undefined} */ let client;
  const begin = () => {
    client?.end();
    client = open(toValue(options), (change) => Object.assign(now, change));
  };
  onMounted(() => {
    begin();
    watch(() => JSON.stringify(toValue(options)), begin);
  });
  onBeforeUnmount(() => client?.end());
  return {
    ...toRefs(now),
    signIn: async (/** @type {import('../types/index.d.ts').SignInRequest} */ request) => (await client?.signIn(request)) ?? null,
    signOut: async () => client?.signOut(),
    cancel: () => client?.cancel(),
  };
}
