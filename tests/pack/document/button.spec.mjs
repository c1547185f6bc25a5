/** A host's own tests without a browser: what it imports is there, is drawn, and opens X. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const options = { clientId: 'the-client', redirectUri: 'https://app.example/auth/x/callback' };

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new Error('there is no network'))));
  window.open = vi.fn(() => ({ closed: false, close() {}, focus() {}, postMessage() {}, sessionStorage }));
});

afterEach(() => {
  document.body.replaceChildren();
  expect(fetch.mock.calls).toEqual([]);
});

const plain = () => {
  document.body.innerHTML = `<sign-in-with-x client-id="${options.clientId}" redirect-uri="${options.redirectUri}"></sign-in-with-x>`;
};

const app = () => document.querySelector('#app');

const ways = {
  async define() {
    await import('sign-in-with-x/define');
    plain();
  },
  async element() {
    const { SignInWithXElement } = await import('sign-in-with-x/element');
    if (!customElements.get('sign-in-with-x')) customElements.define('sign-in-with-x', SignInWithXElement);
    plain();
  },
  async react() {
    const { createElement } = await import('react');
    const { createRoot } = await import('react-dom/client');
    const { SignInWithX } = await import('sign-in-with-x/react');
    createRoot(app()).render(createElement(SignInWithX, options));
  },
  async vue() {
    const { createApp, h } = await import('vue');
    const { SignInWithX } = await import('sign-in-with-x/vue');
    createApp(() => h(SignInWithX, options)).mount(app());
  },
};

/** Where the one popup went. */
function opened() {
  expect(window.open).toHaveBeenCalledTimes(1);
  const url = new URL(window.open.mock.calls[0][0]);
  expect(url.origin + url.pathname).toBe('https://x.com/i/oauth2/authorize');
  return url.searchParams;
}

for (const [entry, show] of Object.entries(ways)) {
  test(entry, async () => {
    await show();
    const button = await vi.waitUntil(() => document.querySelector('sign-in-with-x')?.shadowRoot?.querySelector('[part=button]'));
    expect(button.querySelector('[part=label]').textContent).toBe('Sign in with X');
    button.click();
    const asked = opened();
    expect(asked.get('client_id')).toBe(options.clientId);
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
  });
}

test('functions', async () => {
  const { createPkcePair, createSignIn, init } = await import('sign-in-with-x');
  await init();
  expect(createPkcePair().codeChallenge).toMatch(/^[\w-]{43}$/);
  createSignIn(options).signIn().catch(() => {});
  expect(opened().get('redirect_uri')).toBe(options.redirectUri);
});
