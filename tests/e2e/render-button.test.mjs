/** A button of `renderButton`'s instead of an element. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { setTimeout as wait } from 'node:timers/promises';
import { assertNothingRemains, hostPage, useBrowser } from './harness.mjs';

const world = useBrowser();

/** @type {NonNullable<import('../../www/demo/server.mjs').DemoOptions['pages']>} */
const pages = (path, config) => {
  if (path !== '/host') return undefined;
  const body = `<div id="place"></div><script type="module">
import { createSignIn } from '/pkg/index.js';
const client = createSignIn({ clientId: '${config.clientId}', redirectUri: '${config.redirectUri}', flow: 'popup', endpoints: { authorize: '${config.authorize}' } });
client.renderButton(document.querySelector('#place'), {
  onResult: ({ user }) => window.heard.push('sign-in ' + user.username),
  onError: ({ code }) => window.heard.push('sign-in-error ' + code),
});
</script>`;
  return { body: hostPage(config, [], { body }) };
};

test('D4 C4 C8: a later press tries again without a word about the first try', async (t) => {
  const here = await world(t, { pages, xCoop: 'same-origin' });
  const { driver, person } = here;
  await person.arrive('/host');
  await driver.wait(() => driver.executeScript(`return Boolean(document.querySelector('#place span')?.shadowRoot?.querySelector('button'))`), 15_000, 'waiting for the button');
  await person.looksAway();
  const press = () => driver.findElement({ css: '#place span' }).click();
  const first = await person.opens(press);
  await driver.switchTo().window(first);
  await person.lookAtX('redirect');
  await person.home();
  await wait(1100);
  const second = await person.opens(press);
  await person.home();
  assert.deepEqual(await person.heard(), []);
  await person.approveIn(second, 'ada_example');
  await person.home();
  assert.equal(await person.hears(/^sign-in/), 'sign-in ada_example');
  assert.deepEqual(await person.heard(), ['sign-in ada_example']);
  await driver.switchTo().window(first);
  await driver.close();
  await person.home();
  await assertNothingRemains(here);
});
