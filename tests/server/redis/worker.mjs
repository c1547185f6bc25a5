/**
 * One of several processes of a host: asks for the access token of one session, so many times at once, and says what it
 * got. With `stopAt` it says so and stands still there, to be killed or sent on by a line of input: when it is `ready`, before X is `asked`, when
 * X has `answered`, when the new tokens are `saved`.
 */
import { once } from 'node:events';
import { createHandler, redisSessions } from '../../../www/src/server/index.js';
import { connect } from './server.mjs';

const { path, options, cookie, origin, times, later, stopAt, lockMilliseconds } = JSON.parse(process.argv[2]);
const now = Date.now;
Date.now = () => now() + later;

const client = await connect(path);
let stopped = false;
async function stop(/** @type {string} */ where) {
  if (where !== stopAt || stopped) return;
  stopped = true;
  console.log(`at ${where}`);
  await once(process.stdin, 'data');
  process.stdin.destroy();
}

const handler = createHandler({
  ...options,
  sessions: redisSessions({
    async sendCommand(command) {
      if (command[0] === 'EVAL' && command[1].includes("'DEL'")) await stop('saved');
      // As if it had died that long ago.
      return client.sendCommand(lockMilliseconds && command.at(-2) === 'PX' ? [...command.slice(0, -1), String(lockMilliseconds)] : command);
    },
  }),
  async fetch(...args) {
    await stop('asked');
    const response = await fetch(...args);
    await stop('answered');
    return response;
  },
});

await stop('ready');
const request = new Request(origin, { headers: { cookie } });
const tokens = await Promise.all(Array.from({ length: times }, () => handler.accessToken(request)));
console.log(JSON.stringify(tokens));
await client.close();
