/** What a site's own unit test does with a component that shows the button. */
import { afterEach, expect, test, vi } from 'vitest';
import 'sign-in-with-x/define';

afterEach(() => document.body.replaceChildren());

test('the element is drawn in jsdom without a download, and a click opens a popup at X', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const opened = vi.spyOn(window, 'open').mockReturnValue(null);
  const button = document.createElement('sign-in-with-x');
  Object.assign(button, { clientId: 'Y29uc3VtZXI6MTpjaQ', redirectUri: 'http://localhost:3000/auth/x/callback', flow: 'popup' });
  const failed = new Promise((resolve) => button.addEventListener('sign-in-error', resolve, { once: true }));
  document.body.append(button);

  await vi.waitFor(() => expect(button.shadowRoot?.querySelector('button')?.textContent).toMatch(/Sign in with X/), 4000);
  button.shadowRoot.querySelector('[part=button]').click();
  expect((await failed).detail.code).toBe('popup_blocked');
  const [address] = opened.mock.lastCall;
  expect(String(address)).toMatch(/^https:\/\/x\.com\/i\/oauth2\/authorize\?.*code_challenge=/);
  expect(fetched).not.toHaveBeenCalled();
});
