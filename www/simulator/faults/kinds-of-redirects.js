/**
 * Faults on the way back: what the callback says, where it is, and how the browser gets there, if it does.
 * @module
 */
import { isText } from '../checks.js';
import { page } from '../http.js';
import { masked } from '../mask.js';
import { handedOverPage } from '../pages/handed-over.js';
import { strandedPage } from '../pages/stranded.js';
import { twicePage } from '../pages/twice.js';
import { prefetch } from '../prefetch.js';
import { locationOf, sentBack } from '../send-back.js';
import { isFlag, isLocation, isNames, isOneOf, isParameters } from './checks.js';

/** @type {Record<string, import('./kinds.js').Kind>} */
export const KINDS_OF_REDIRECTS = {
  /** The callback carries another state than the one that was sent. */
  alter_state: {
    stages: ['redirect'],
    required: {},
    optional: { value: isText },
    apply(subject, { value }) {
      subject.parameters = subject.parameters?.map(([name, old]) => [name, name === 'state' ? String(value ?? reversed(old)) : old]);
    },
  },
  /** The callback lacks these parameters, each wherever it would be. */
  drop_parameters: {
    stages: ['redirect'],
    required: { names: isNames },
    apply(subject, { names }) {
      subject.parameters = subject.parameters?.filter(([name]) => !(/** @type {string[]} */ (names).includes(name)));
    },
  },
  /** The callback carries these after its own, whose names they may repeat. */
  extra_parameters: {
    stages: ['redirect'],
    required: { parameters: isParameters },
    apply(subject, { parameters }) {
      const given = /** @type {[string, string][] | Record<string, string>} */ (parameters);
      subject.parameters = [...(subject.parameters ?? []), ...(Array.isArray(given) ? given : Object.entries(given))];
    },
  },
  /** The browser is sent there, wherever it is, and not to the callback; with the callback's parameters on request. */
  redirect_to: {
    stages: ['redirect'],
    required: { url: isLocation },
    optional: { keepParameters: isFlag },
    apply(subject, { url, keepParameters }) {
      subject.elsewhere = { url: String(url), keepParameters: keepParameters === true };
    },
  },
  /** The callback is visited twice with one code: by a link scanner and then the browser, or by two of its windows. */
  deliver_twice: {
    stages: ['redirect'],
    required: {},
    optional: { by: isOneOf(['prefetch', 'browser']) },
    apply(subject, { by }, world) {
      subject.instead = async () => {
        if (by === 'browser') {
          world.journal.record('redirect_offered', { redirect_uri: subject.redirectUri, ...masked(subject.parameters ?? []) });
          return page(world, 200, twicePage(locationOf(subject)));
        }
        // Awaited, so that which of the two comes first is no matter of luck.
        const signal = world.life.signal();
        const outcome = await prefetch(locationOf(subject), signal);
        signal.throwIfAborted();
        world.journal.record('prefetch', { redirect_uri: subject.redirectUri, ...masked(subject.parameters ?? []), ...outcome });
        return sentBack(world, subject);
      };
    },
  },
  /** X hands the callback to another browser, as its app does by a universal link; this one stays behind at X. */
  second_browser: {
    stages: ['redirect'],
    required: {},
    apply(subject, _values, world) {
      subject.instead = () => {
        world.store.handOver(locationOf(subject));
        world.journal.record('handed_over', { redirect_uri: subject.redirectUri, ...masked(subject.parameters ?? []) });
        return page(world, 200, handedOverPage());
      };
    },
  },
  /** The decision is taken but the browser is left on X's page, as when X strands a person after they log in. */
  never_redirect: {
    stages: ['redirect'],
    required: {},
    apply(subject, _values, world) {
      subject.instead = () => {
        world.journal.record('redirect_withheld', { redirect_uri: subject.redirectUri });
        return page(world, 200, strandedPage('never_redirect', 'home'));
      };
    },
  },
};

/** @param {string} text */
function reversed(text) {
  const turned = [...text].reverse().join('');
  return turned === text ? `${text}x` : turned;
}
