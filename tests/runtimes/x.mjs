/**
 * X for a host: the simulator, and a door in front of it that remembers what went through, and can answer in its place.
 */
import { createServer, request as send } from 'node:http';
import { startSimulator } from '../../www/simulator/index.js';

/** Milliseconds until what was to come will not come. */
const PATIENCE = 20_000;

/** @param {import('../../www/simulator/types.js').App[]} apps */
export async function startX(apps) {
  /** What X answered to the backend. @type {{ path: string, url: string, text: string, authorization: string | undefined, body: string }[]} */
  const heard = [];
  /** The tokens that were taken back; apart, because nobody waits for that. @type {Set<string | null>} */
  const revoked = new Set();
  /** @typedef {(response: import('node:http').ServerResponse, told: { authorization: string, body: string }) => void} Scripted */
  /** @type {Map<string, Scripted>} */
  const instead = new Map();
  /** @type {Set<() => void>} */
  const waiting = new Set();

  const door = createServer(async (message, response) => {
    const [path] = message.url.split('?');
    let body = '';
    for await (const chunk of message.setEncoding('utf8')) body += chunk;
    const scripted = instead.get(path);
    if (scripted) return scripted(response, { authorization: message.headers.authorization ?? '', body });
    const going = send(simulator.apiUrl + message.url, { method: message.method, headers: message.headers, agent: false }, async (answer) => {
      let text = '';
      for await (const chunk of answer.setEncoding('utf8')) text += chunk;
      if (path === '/2/oauth2/revoke') revoked.add(new URLSearchParams(body).get('token'));
      else if (!path.endsWith('/authorize') && !path.endsWith('/authenticate')) heard.push({ path, url: message.url, text, authorization: message.headers.authorization, body });
      response.writeHead(answer.statusCode, answer.headers).end(text);
      for (const look of waiting) look();
    });
    going.on('error', () => response.destroy()).end(body);
  });
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${door.address().port}`;
  // What was signed for the door is good behind it.
  const simulator = await startSimulator({ apps, autoApprove: 'ada_example', signatureOrigins: [url] });

  return {
    url,
    heard,
    /** Requests to this path are answered so, until what this gives back is called. */
    instead(/** @type {string} */ path, /** @type {Scripted} */ answer) {
      instead.set(path, answer);
      return () => void instead.delete(path);
    },
    asBefore: (/** @type {string} */ path) => void instead.delete(path),
    paths: () => heard.map(({ path }) => path),
    /** Once this token was taken back. @param {string} token */
    tookBack: (token) =>
      new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
        const late = setTimeout(() => reject(new Error('the token was not taken back')), PATIENCE);
        const look = () => {
          if (!revoked.has(token)) return;
          waiting.delete(look);
          clearTimeout(late);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async close() {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await simulator.close();
    },
  };
}
