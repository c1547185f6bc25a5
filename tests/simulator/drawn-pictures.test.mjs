/** The pictures that are drawn for Apps and accounts which have none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, get, start } from './helpers.mjs';

const letterOf = async (address) => {
  const response = await get(address);
  assert.equal(response.status, 200);
  return /<text [^>]*>(.*)<\/text>/s.exec(await response.text())[1];
};

test('K: the letter of a drawn picture is good XML, whatever the name begins with', async (t) => {
  for (const [name, letter] of [['ada', 'A'], ['éa', 'É'], ['&x', '&amp;'], ['<x', '&lt;'], ['"x', '&quot;'], ["'x", '&#39;'], ['😀x', '😀'], ['\u0001\u001bx', 'X'], ['\uffffx', 'X']]) {
    const simulator = await start(t, {
      apps: [{ clientId: 'spa', type: 'spa', name, redirectUris: [CALLBACK] }],
      accounts: [{ id: '7', username: 'seven', name }],
    });
    assert.equal(await letterOf(`${simulator.url}/app_icons/${simulator.apps[0].id}`), letter, JSON.stringify(name));
    assert.equal(await letterOf(`${simulator.url}/profile_images/7_normal.svg`), letter, JSON.stringify(name));
  }
});
