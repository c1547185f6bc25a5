// The app's page: one element, and what the soak asks of it. Everything here is for the driver's scripts.

const { keyboard, now, wait } = /** @type {any} */ (window).counted;
const element = /** @type {any} */ (document.querySelector('sign-in-with-x'));
/** @type {string[]} what the element said, of what ends a sign-in */
const heard = [];
/** @type {string[]} who signed in */
const users = [];
const abort = new AbortController();

element.addEventListener('sign-in', (/** @type {CustomEvent} */ { detail }) => {
  heard.push('sign-in');
  users.push(detail.user.username);
});
element.addEventListener('sign-in-cancel', () => heard.push('sign-in-cancel'));
element.addEventListener('sign-in-error', (/** @type {CustomEvent} */ { detail }) => heard.push([detail.code, detail.reason].filter(Boolean).join('/')));
// The host's own button: a sign-in that the host can take back.
document.querySelector('#with-signal')?.addEventListener('click', () => element.signIn({ signal: abort.signal }));

const keys = () => [...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter((key) => key.startsWith('sign-in-with-x:'));

/** As the host's `destroy()`: the element forgets its configuration, and whatever waits by it. */
const destroy = () => {
  element.endpoints = { ...element.endpoints };
};

Object.assign(window, {
  soak: {
    keyboard,
    abort,
    element,
    status: () => ({ heard, users, state: element.state, keys: keys() }),
    /** The button is there. */
    async ready() {
      while (!element.shadowRoot?.querySelector('button')) await wait(5);
    },
    /** The next click is another attempt. */
    async begin() {
      await this.ready();
      heard.length = users.length = 0;
    },
    /** Before anything: what a page of this kind has at rest. */
    async rest() {
      await this.ready();
      destroy();
      return now();
    },
    /**
     * After everything: destroyed, and at rest again, or what is left of it.
     * @param {Record<string, number>} rest
     * @param {number} limit ms
     */
    async settle(rest, limit) {
      destroy();
      const until = performance.now() + limit;
      for (;;) {
        const more = Object.entries({ ...now() }).filter(([name, count]) => count > (rest[name] ?? 0)).map(([name, count]) => `${count - (rest[name] ?? 0)} × ${name}`);
        const left = [...more, ...keys().map((key) => `${key.slice(0, 24)}… in storage`)];
        if (left.length === 0 || performance.now() > until) return { left, ...this.status() };
        await wait(20);
      }
    },
  },
});

// @ts-ignore: an address, and no file of this folder
await import('/pkg/define.js');
