/** G4 G9: an answer of X counts once, for the person who began, in the browser where they began. By every way, wherever sessions are kept. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { memorySessions } from '../../www/src/server/index.js';
import { CALLBACK, WEB } from '../simulator/helpers.mjs';
import { APP, FROM_X, backend, browser } from './browser.mjs';

const START = 'sign-in-with-x-start';

/** A link, and how what X says comes to the backend: in the person's address, or posted by the page there. */
const WAYS = {
  'OAuth 2.0, the address': { link: 'start', answer: ['state', 'code'] },
  'OAuth 2.0, posted': { link: 'start', answer: ['state', 'code'], post: (said) => ['exchange', { code: said.code, state: said.state, redirectUri: CALLBACK, clientId: WEB.clientId }] },
  'OAuth 1.0a, the address': { link: 'oauth1/start', answer: ['oauth_token', 'oauth_verifier'] },
  'OAuth 1.0a, posted': { link: 'oauth1/start', answer: ['oauth_token', 'oauth_verifier'], post: (said) => ['oauth1/exchange', { oauthToken: said.oauth_token, oauthVerifier: said.oauth_verifier }] },
};

/** @param {any} way */
function play({ handler }, { link, post }) {
  return {
    async begin() {
      const person = browser(handler);
      const begun = await person.ask(`/auth/x/${link}`);
      const said = Object.fromEntries(new URL(await person.toX(begun.headers.get('location'))).searchParams);
      return { person, said };
    },
    /** @param {ReturnType<typeof browser>} person @param {Record<string, string>} said */
    bring: (person, said) => (post ? person.post(`/auth/x/${post(said)[0]}`, post(said)[1]) : person.ask(`${CALLBACK}?${new URLSearchParams(said)}`, { headers: FROM_X })),
  };
}

for (const [where, options] of Object.entries({ 'the cookie': () => ({}), 'a store': () => ({ sessions: memorySessions() }) })) {
  for (const [name, way] of Object.entries(WAYS)) {
    const given = (t) => backend(t, { app: { ...WEB, oauth1: APP.oauth1 }, options: options() });
    const refused = async (answer, message) => {
      assert.deepEqual([answer.status, /invalid_(grant|request)/.test(answer.text)], [400, true], message);
      assert.ok(!answer.cookies.some((line) => /^sign-in-with-x=[^;]/.test(line)), message);
    };

    test(`G4 G9: an answer brought again is refused, with the cookies of before too; ${name}, sessions in ${where}`, async (t) => {
      const world = await given(t);
      const { begin, bring } = play(world, way);
      const { person, said } = await begin();
      const before = person.jar.get(START);
      assert.equal((await bring(person, said)).status, 200);
      const [session, count] = [person.jar.get('sign-in-with-x'), world.heard.length];
      await refused(await bring(person, said), 'again');
      person.jar.set(START, before);
      await refused(await bring(person, said), 'with the cookie of before');
      const thief = browser(world.handler);
      thief.jar.set(START, before);
      thief.laxly(START);
      await refused(await bring(thief, said), 'in a browser with a copy of it');
      assert.deepEqual([world.heard.length, person.jar.get('sign-in-with-x')], [count, session], 'X was not asked, and the session is as it was');
      assert.equal((await person.session()).status, 200);
    });

    test(`G4 G9: an answer in another browser is refused, whether one has begun there or not, and each goes on; ${name}, sessions in ${where}`, async (t) => {
      const world = await given(t);
      const { begin, bring } = play(world, way);
      world.simulator.control.autoApprove('ada_example');
      const ada = await begin();
      world.simulator.control.autoApprove('noor_example');
      const noor = await begin();
      const count = world.heard.length;
      await refused(await bring(browser(world.handler), ada.said), 'where nobody has begun');
      await refused(await bring(noor.person, ada.said), 'one person’s in another’s');
      await refused(await bring(ada.person, noor.said), 'and the other way round');
      assert.equal(world.heard.length, count, 'X was not asked');
      for (const [{ person, said }, username] of [[ada, 'ada_example'], [noor, 'noor_example']]) {
        assert.equal((await bring(person, said)).status, 200);
        assert.equal((await person.session()).json().user.username, username);
      }
    });

    test(`G4 G9: half of one answer with half of another signs nobody in; ${name}, sessions in ${where}`, async (t) => {
      const world = await given(t);
      const { begin, bring } = play(world, way);
      const [mine, theirs] = [await begin(), await begin()];
      const [which, what] = way.answer;
      const mixed = await bring(mine.person, { [which]: mine.said[which], [what]: theirs.said[what] });
      assert.ok(mixed.status >= 400 && !mixed.cookies.some((line) => /^sign-in-with-x=[^;]/.test(line)), `${mixed.status} ${mixed.text}`);
      assert.equal((await mine.person.session()).status, 204);
      await refused(await bring(mine.person, mine.said), 'and the try is over');
    });
  }
}
