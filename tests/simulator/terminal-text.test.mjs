/** What others have written, at the terminal: names and secrets from a state file, usernames, messages. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../www/simulator/cli.js';
import { eventLine } from '../../www/simulator/cli-text.js';
import { startSimulator } from '../../www/simulator/index.js';
import { CALLBACK } from './helpers.mjs';

const EVIL = "\u001b]0;title\u0007\u001b[31m\nred\r\u009b31m\u2028\u2029\u202e'\\\u2066";
const UNWANTED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** What the command prints with these arguments until it is interrupted. */
async function printedBy(argv) {
  const stop = new AbortController();
  let printed = '';
  await main(argv, { print: (text) => void ((printed += text), stop.abort()), complain: (text) => void (printed += text), signal: stop.signal });
  return printed;
}

test('K: names and secrets of a state file are printed as JavaScript that means them, and move no cursor', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-terminal-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const state = join(folder, 'x.json');
  const app = { clientId: `id${EVIL}`, clientSecret: `secret${EVIL}`, type: 'web', name: `Name ${EVIL}`, redirectUris: [CALLBACK], oauth1: { consumerKey: 'key', consumerSecret: `two${EVIL}` } };
  await (await startSimulator({ state, apps: [app] })).close();
  const printed = await printedBy(['--port', '0', '--state', state]);
  assert.doesNotMatch(printed, UNWANTED);
  assert.doesNotMatch(printed, /^red/m, 'no line begins where a name says');
  const taken = [];
  const take = (options) => taken.push(options);
  for (const [call] of printed.matchAll(/^ {2}create\w+\(\{[^]*?^ {2}\}\)$/gm)) new Function('createSignIn', 'createHandler', call)(take, take);
  assert.deepEqual(taken.map(({ clientId }) => clientId), [app.clientId, app.clientId]);
  assert.equal(taken[1].clientSecret, app.clientSecret);
  const [, keys] = /^ +oauth1: (\{ consumerKey.*\}),$/m.exec(printed);
  assert.equal(new Function(`return ${keys}`)().consumerSecret, app.oauth1.consumerSecret);
});

test('K: events and messages of mistakes move no cursor either', async () => {
  const line = eventLine({ type: 'access_revoked', time: 0, parameters: { app: EVIL } });
  assert.doesNotMatch(line, UNWANTED);
  assert.equal(line.split('\n').length, 2);
  assert.doesNotMatch(await printedBy(['--port', `1${EVIL}`]), UNWANTED);
  assert.doesNotMatch(await printedBy(['--port', '0', '--app', `callback=${EVIL}`]), UNWANTED);
});
