/** What a site's own unit test does with a component that shows the button. */
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => document.body.replaceChildren());

test('E6: the element is defined, drawn, and opens a popup on a click, in jsdom', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  await import('sign-in-with-x/define');
  const button = document.createElement('sign-in-with-x');
  button.clientId = 'Y29uc3VtZXI6MTpjaQ';
  button.redirectUri = 'http://localhost:3000/auth/x/callback';
  document.body.append(button);
  await vi.waitFor(() => expect(button.shadowRoot?.querySelector('button')?.textContent).toMatch(/Sign in with X/), 5000);
  expect(fetched.mock.calls.map(([what]) => String(what?.url ?? what))).toEqual([]);
});
