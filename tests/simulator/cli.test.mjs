import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../www/simulator/cli.js';
import { authorizeUrl, CALLBACK, folder, get, SPA, start } from './helpers.mjs';

/** Runs the command; `during` is given its printed text so far, and the command is interrupted after it. */
async function run(argv, during) {
  const out = { printed: '', complained: '' };
  const stop = new AbortController();
  let printed;
  const first = new Promise((resolve) => (printed = resolve));
  const ended = main(argv, {
    print: (text) => void ((out.printed += text), printed()),
    complain: (text) => void (out.complained += text),
    signal: stop.signal,
  });
  try {
    if (during) {
      await first;
      await during(out);
    }
  } finally {
    stop.abort();
  }
  return { code: await ended, ...out };
}

test('the command prints what to paste into the page and into the back end', async () => {
  const { code, printed } = await run(['--port', '0', '--app', `callback=${CALLBACK}`, '--client-id', 'mine'], () => {});
  assert.equal(code, 0);
  assert.match(printed, /clientId: 'mine'/);
  assert.match(printed, new RegExp(`redirectUri: '${CALLBACK}'`));
  assert.match(printed, /endpoints: \{ authorize: 'http:\/\/localhost:\d+\/i\/oauth2\/authorize' \}/);
  assert.match(printed, /token: 'http:\/\/127\.0\.0\.1:\d+\/2\/oauth2\/token',\n +revoke: 'http:\/\/127\.0\.0\.1:\d+\/2\/oauth2\/revoke',\n +user: 'http:\/\/127\.0\.0\.1:\d+\/2\/users\/me'/);
  assert.match(printed, /origin: 'http:\/\/127\.0\.0\.1:3000'/);
  assert.match(printed, /@ada_example, @noor_example/);
  assert.doesNotMatch(printed, /clientSecret/);
});

test('a web app is given a secret, the same in every run', async () => {
  const secrets = [];
  for (const argv of [['--port', '0', '--app', 'type=web'], ['--port', '0', '--app', 'type=web']]) {
    secrets.push(/clientSecret: '([^']+)'/.exec((await run(argv, () => {})).printed)[1]);
  }
  assert.equal(secrets[0], secrets[1]);
});

test('the command prints each event on one line, with no secret and no escape sequence', async () => {
  const { printed } = await run(['--port', '0', '--client-id', 'spa-client', '--auto-approve', 'ada_example', '--coop', 'unsafe-none'], async (out) => {
    const url = /http:\/\/localhost:\d+/.exec(out.printed)[0];
    const response = await get(authorizeUrl({ url }));
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'unsafe-none');
    await get(authorizeUrl({ url }, { scope: 'x\n\u001b[31mred' }));
  });
  assert.match(printed, /^\d\d:\d\d:\d\d\.\d{3} authorize_request .*client_id=spa-client/m);
  assert.match(printed, /decision decision=approve account=ada_example/);
  assert.doesNotMatch(printed, /a-state-of-the-test|\u001b/);
  assert.doesNotMatch(printed, /^red/m);
});

test('--quiet prints no events, --help prints the options', async () => {
  const quiet = await run(['--port', '0', '--quiet'], (out) => get(/http:\/\/localhost:\d+/.exec(out.printed)[0] + '/i/oauth2/authorize'));
  assert.doesNotMatch(quiet.printed, /authorize_request/);
  const help = await run(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.printed, /--auto-approve/);
});

for (const argv of [['--port', 'http'], ['--port', '70000'], ['--app', 'callback'], ['--app', 'colour=red'], ['--nonsense'], ['word']]) {
  test(`called wrongly: ${argv.join(' ')}`, async () => {
    const { code, complained } = await run(argv);
    assert.equal(code, 2);
    assert.match(complained, /--help/);
  });
}

test('a simulator that cannot start says why', async (t) => {
  const taken = new URL((await start(t)).url).port;
  const busy = await run(['--port', taken]);
  assert.equal(busy.code, 1);
  assert.match(busy.complained, /choose another with --port/);
  assert.match((await run(['--port', '0', '--app', 'type=desktop'])).complained, /type is one of/);
});

test('G9: the command prints the keys of OAuth 1.0a and takes its settings', async () => {
  const flags = ['--app', 'access=read-write', '--app', 'sign-in=off', '--app', 'email=off', '--consumer-secret', 'the-secret', '--signature-origin', 'https://api.x.com'];
  const { code, printed } = await run(['--port', '0', ...flags], () => {});
  assert.equal(code, 0);
  assert.match(printed, /with OAuth 1\.0a, in a back end only \(read-write\)/);
  assert.match(printed, /^ {4}oauth1: \{ consumerKey: '[A-Za-z0-9]{25}', consumerSecret: 'the-secret' \},$/m);
  assert.match(printed, /request token +http:\/\/127\.0\.0\.1:\d+\/oauth\/request_token$/m);
  assert.match(printed, /sign-in +http:\/\/localhost:\d+\/oauth\/authenticate/);
  assert.equal((await run(['--port', '0', '--app', 'email=maybe'])).code, 2);
  assert.match((await run(['--port', '0', '--app', 'access=all'])).complained, /access is one of/);
  assert.match((await run(['--port', '0', '--signature-origin', 'api.x.com'])).complained, /not an origin/);
});

test('K: --state keeps what was changed, wins over --app, and says so', async (t) => {
  const state = join(folder(t), 'x.json');
  const argv = ['--port', '0', '--state', state, '--app', `callback=${CALLBACK}`, '--app', 'type=web'];
  const first = await run(argv, () => {});
  assert.match(first.printed, new RegExp(`Kept in ${state}, secrets among it`));
  assert.match(first.printed, /Developer console: http:\/\/localhost:\d+\/developer/);
  assert.doesNotMatch(first.printed, /Note:/);
  const [, secret] = /clientSecret: '([^']+)'/.exec(first.printed);
  const again = await run(['--port', '0', '--state', state], () => {});
  assert.equal(/clientSecret: '([^']+)'/.exec(again.printed)[1], secret);
  assert.equal(again.printed.match(/^App "/gm).length, 1, 'no App but those of the file');
  const other = await run([...argv, '--app', 'callback=https://a.example/'], () => {});
  assert.match(other.printed, /Note: .*x\.json has the App ".*" already, and its settings were used, not those of --app/);
  assert.doesNotMatch(other.printed, /a\.example/);

  writeFileSync(state, '{');
  const broken = await run(['--port', '0', '--state', state]);
  assert.equal(broken.code, 1);
  assert.match(broken.complained, new RegExp(`${state} is no JSON\\. Mend it, put back a copy, or delete it`));
  assert.equal((await run(['--state', ''])).code, 2);
});

test('K: what could not be saved is told on stderr, with --quiet as well', async (t) => {
  const state = join(folder(t), 'x.json');
  for (const more of [[], ['--quiet']]) {
    rmSync(state, { force: true });
    const { code, complained, printed } = await run(['--port', '0', '--state', state, '--auto-approve', 'ada_example', '--app', `callback=${CALLBACK}`, '--client-id', SPA.clientId, ...more], async (out) => {
      writeFileSync(state, '{}');
      await get(authorizeUrl({ url: /http:\/\/localhost:\d+/.exec(out.printed)[0] }));
    });
    assert.equal(code, 0);
    assert.match(complained, /state_error message=.*was changed by somebody else/);
    assert.doesNotMatch(printed, /state_error/);
  }
});

test('K: --seed gives the same codes in every run; OAuth 2.0 or 1.0a may be off; an App may have terms', async () => {
  const codes = [];
  for (const seed of ['tea', 'tea', 'coffee']) {
    await run(['--port', '0', '--seed', seed, '--client-id', 'spa-client', '--auto-approve', 'ada_example'], async (out) => {
      const url = /http:\/\/localhost:\d+/.exec(out.printed)[0];
      codes.push(new URL((await get(authorizeUrl({ url }))).headers.get('location')).searchParams.get('code'));
    });
  }
  assert.equal(codes[0], codes[1]);
  assert.notEqual(codes[0], codes[2]);
  const one = await run(['--port', '0', '--app', 'oauth1=off', '--app', 'terms=https://a.example/terms', '--app', 'privacy=https://a.example/privacy'], async (out) => {
    const [url, clientId] = [/http:\/\/localhost:\d+/.exec(out.printed)[0], /clientId: '([^']+)'/.exec(out.printed)[1]];
    const html = await (await get(authorizeUrl({ url }, { client_id: clientId }))).text();
    for (const page of ['terms', 'privacy']) assert.ok(html.includes(`href="https://a.example/${page}"`), 'the consent page leads to both');
  });
  assert.doesNotMatch(one.printed, /consumerKey/);
  const other = await run(['--port', '0', '--app', 'oauth2=off', '--app', "name=It's"], () => {});
  assert.match(other.printed, /App "It's" \(spa\)\.\nWith OAuth 1\.0a, in a back end only/);
  assert.doesNotMatch(other.printed, /createSignIn/);
  assert.match(other.printed, /^ {4}endpoints: \{ oauth1: 'http:\/\/localhost:\d+' \},$/m, 'where its back end finds X');
});

test('K: what is printed for the page and the back end is JavaScript, whatever is in it', async () => {
  const { printed } = await run(['--port', '0', '--app', 'type=web', '--client-id', "a'b\\c", '--client-secret', "s'"], () => {});
  const taken = [];
  const createSignIn = (options) => taken.push(options);
  const createHandler = (options) => taken.push(options);
  for (const [call] of printed.matchAll(/^ {2}create\w+\(\{[^]*?^ {2}\}\)$/gm)) new Function('createSignIn', 'createHandler', call)(createSignIn, createHandler);
  assert.equal(taken.length, 2);
  assert.deepEqual([taken[0].clientId, taken[1].clientId, taken[1].clientSecret, taken[1].redirectUris], ["a'b\\c", "a'b\\c", "s'", [CALLBACK]]);
  const { authorize, ...others } = taken[1].endpoints;
  assert.deepEqual([authorize, Object.keys(others)], [taken[0].endpoints.authorize, ['token', 'revoke', 'user', 'oauth1']], 'all that createHandler asks X');
});
