/**
 * RESULTS.md.
 * @module
 */

import { median, ratio, summary } from './statistics.mjs';
import { fixed, table, times, withInterval } from './table.mjs';
import { always, atMost, first, noLater, verdict } from './targets.mjs';

/** The peer that does both transports properly in the fewest bytes. */
const PEER = 'oidc-client-ts';
const BYTES = 15_000;
const CALLBACK_BYTES = 1_500;
const URL_MICROSECONDS = 12;

/** @typedef {import('./contestants.mjs').Contestant} Contestant */

/**
 * @typedef {object} Measured
 * @property {import('./plan.mjs').Plan} plan
 * @property {number} seed
 * @property {Record<string, string>} versions
 * @property {number} [callbackBytes] of the callback page's script, by brotli
 * @property {string} began
 * @property {string} before @property {string} after
 * @property {ReturnType<typeof import('./machine.mjs').machine> & { chromium: string }} machine
 * @property {Contestant[]} there
 * @property {import('./rounds.mjs').Results<Awaited<ReturnType<typeof import('./measures/bytes.mjs').bytes>>>} sizes
 * @property {import('./rounds.mjs').Results<import('./measures/start.mjs').Start>} loads by speed and contestant
 * @property {import('./rounds.mjs').Results<number[]>} urls
 * @property {import('./rounds.mjs').Results<import('./measures/click.mjs').Click>} clicks
 * @property {import('./rounds.mjs').Results<{ milliseconds: number }>} callbacks
 * @property {import('./rounds.mjs').Results<import('./measures/start.mjs').Start>} many
 * @property {import('./rounds.mjs').Results<{ few: number, many: number, wasm: [few: number, many: number] }>} held
 */

/** @template T @param {Map<number, T> | undefined} samples @param {(sample: T) => number | undefined} figure @returns {Map<number, number>} */
function figures(samples, figure) {
  const found = /** @type {Map<number, number>} */ (new Map());
  for (const [round, sample] of samples ?? []) {
    const value = figure(sample);
    if (value !== undefined) found.set(round, value);
  }
  return found;
}

/** Its ratio to another; to itself it is nothing to tell. @param {string} id @param {string} other @param {(id: string) => Map<number, number>} figuresOf */
const to = (id, other, figuresOf) => (id === other ? '1' : times(ratio(figuresOf(id), figuresOf(other))));

/** @param {number[]} samples */
const medianOf = (samples) => (samples.length > 0 ? median(samples) : undefined);
/** @param {number[]} samples @param {number} digits */
const spread = (samples, digits) => (samples.length > 0 ? fixed(summary(samples).spread, digits) : undefined);
/** @param {number[]} samples @param {number} digits */
const middle = (samples, digits) => (samples.length > 0 ? withInterval(summary(samples), digits) : undefined);
/** @param {Map<number, number>} samples */
const valuesOf = (samples) => [...samples.values()];

/** Who could not be measured, and why, in its own words. @param {Contestant[]} those @param {import('./rounds.mjs').Results<unknown>} results @param {(id: string) => string} [key] */
function exceptions(those, { samples, failures }, key = (id) => id) {
  return those.flatMap(({ id, title }) => {
    const failed = failures.get(key(id)) ?? [];
    if (failed.length === 0) return [];
    const reasons = [...new Set(failed)].map((reason) => `\`${reason.split('\n')[0]}\``).join(', ');
    return [samples.get(key(id))?.size ? `- ${title}: ${failed.length} of the tries failed and are not counted: ${reasons}` : `- ${title}: not possible, because of ${reasons}`];
  });
}

/**
 * Steps of our way to the button, as medians.
 * @param {Map<number, import('./measures/start.mjs').Start>} loads
 */
function steps(loads) {
  /** @param {(start: import('./measures/start.mjs').Start) => number | undefined} figure */
  const of = (figure) => valuesOf(figures(loads, figure));
  const scripts = (/** @type {import('./measures/start.mjs').Start} */ { requests }) => requests.filter(([path]) => path.endsWith('.js'));
  return {
    'first script asked for': of((one) => scripts(one)[0]?.[1]),
    'there': of((one) => scripts(one)[0]?.[2]),
    'last script there': of((one) => Math.max(...scripts(one).filter(([, from]) => from < (one.marks.ready ?? 0)).map(([, , to]) => to))),
    'compiling': of(({ marks }) => marks.compile),
    'engine ready': of(({ marks }) => marks.ready),
    'its nodes': of(({ marks }) => marks.nodes),
    'button': of(({ marks }) => marks.button),
    'first frame with it': of(({ marks }) => marks.frame),
  };
}

/** The bench itself leaves up to five behind, on two cores that do nothing else. @param {Measured} measured */
function busy({ before, after, machine: { cores } }) {
  const [first = 0, last = 0] = [before, after].map(parseFloat);
  return first > cores / 2 || last > 4 * cores;
}

/** @param {Measured} measured */
export function report(measured) {
  const { plan, seed, versions, callbackBytes, began, before, after, machine, there, sizes, loads, urls, clicks, callbacks, many, held } = measured;
  /** @param {string} measure */
  const those = (measure) => there.filter((one) => one.in.includes(measure));
  /** @param {string} id @param {number} slowed @param {string} mark */
  const marks = (id, slowed, mark) => figures(loads.samples.get(`${slowed} ${id}`), (one) => one.marks[mark]);
  /** @type {string[]} */
  const lines = [];
  /** @param {string[]} paragraphs */
  const write = (...paragraphs) => lines.push(...paragraphs.flatMap((paragraph) => [paragraph, '']));
  /** @param {string[]} list */
  const writeList = (list) => list.length > 0 && write(list.join('\n'));

  // What the targets need.
  const urlSamples = new Map(those('url').map(({ id }) => [id, [...(urls.samples.get(id)?.values() ?? [])].flat()]));
  const urlMedian = (/** @type {string} */ id) => medianOf(urlSamples.get(id) ?? []);
  const sizeOf = (/** @type {string} */ id) => [...(sizes.samples.get(id)?.values() ?? [])][0];
  const elements = those('start').filter(({ element }) => element);
  /** @param {number} slowed */
  const fastest = (slowed) => [...elements].sort((one, other) => (medianOf(valuesOf(marks(one.id, slowed, 'button'))) ?? Infinity) - (medianOf(valuesOf(marks(other.id, slowed, 'button'))) ?? Infinity))[0];
  /** @param {Contestant | undefined} one @param {number} slowed @param {string} mark */
  const toPeer = (one, slowed, mark) => one && ratio(marks(one.id, slowed, mark), marks(PEER, slowed, mark));
  /** @param {string} id @param {number} slowed */
  const way = (id, slowed) => {
    const { there: script, 'last script there': last, 'engine ready': ready, button } = steps(loads.samples.get(`${slowed} ${id}`) ?? new Map());
    if (!script?.length || !last?.length || !ready.length || !button.length) return undefined;
    return `script there at ${fixed(median(script), 1)} ms, the last one at ${fixed(median(last), 1)}, engine ready at ${fixed(median(ready), 1)}, button at ${fixed(median(button), 1)}`;
  };
  const functions = there.find(({ id }) => id === 'functions');
  const asIs = sizeOf('element-files');
  const bytesWritten = (/** @type {number} */ value) => `${fixed(value, 0)} bytes`;
  const targets = [
    atMost(`the element, the package’s files as they are: at most ${fixed(BYTES, 0)} bytes (brotli) until the button works`, asIs?.button.brotli, BYTES, bytesWritten),
    atMost(`the callback page’s script: at most ${fixed(CALLBACK_BYTES, 0)} bytes (brotli)`, callbackBytes, CALLBACK_BYTES, bytesWritten),
    ...[1, plan.slowed].flatMap((slowed) => {
      const speed = slowed === 1 ? '' : `, processor slowed ${slowed} times`;
      const best = fastest(slowed);
      return [
        noLater(`the functions are ready no later than ${PEER}${speed}`, toPeer(functions, slowed, 'ready'), way('functions', slowed)),
        noLater(`the element’s button works no later than one with ${PEER}, in the fastest way (${best?.title.replace('ours: ', '')})${speed}`, toPeer(best, slowed, 'button'), best && way(best.id, slowed)),
      ];
    }),
    atMost(`one authorization URL: at most ${URL_MICROSECONDS} µs`, urlMedian('functions'), URL_MICROSECONDS, (value) => `${fixed(value, 1)} µs`),
    first('one authorization URL: before all others', urlMedian('functions'), those('url').flatMap(({ id, title, ours }) => (ours || urlMedian(id) === undefined ? [] : [[title, Number(urlMedian(id))]])), 'µs'),
    ...['functions', 'element'].map((id) => always(`\`window.open\` in the click’s own task, after no digest: the ${id}`, [...(clicks.samples.get(id)?.values() ?? [])].map(({ task, digested, blocked }) => task && !digested && !blocked))),
  ];

  write(
    '# What the package takes, beside others',
    'Written by `npm run bench`, which measures all of them in one run, in an order that is drawn anew for each round. Times depend on the machine: compare rows, not machines.',
    table(
      ['', ''],
      [
        ['machine', `${machine.processor}, ${machine.cores} cores, ${machine.memory}`],
        ['system', machine.system],
        ['browser', `${machine.chromium}, headless`],
        ['Node', machine.node],
        ['date', `${began.slice(0, 16).replace('T', ' ')} UTC`],
        ['load average before and after', `${before}; ${after}`],
        ['cold loads of each page, at each speed', String(Math.min(...[...loads.samples.values()].map(({ size }) => size)))],
        ['seed', String(seed)],
        ...Object.entries(versions).map(([name, version]) => [name, version]),
      ],
    ),
    ...(busy(measured) ? ['**The machine was busy with something else: bytes are right, times are not to be relied on. Run it again.**'] : []),
    'A figure is a median, with its 95 % interval in brackets (percentile bootstrap; of a ratio, over rounds). “Middle half” is the third quartile less the first. Every load is in a profile that nobody has used; files are served from this machine, compressed with brotli, and may not be kept. Bundles are made by `esbuild --bundle --splitting --minify --format=esm --target=es2022`.',
    '## Targets',
    table(['target', '', 'figure'], targets.map((target) => [target.what, verdict(target), target.why])),
  );

  write('## Until a button works', 'Milliseconds from the beginning of the navigation. *Ready*: the library is initialised, and the first authorization URL can be made. *Button*: it is drawn, has its place on the page, and a click opens X; for libraries that draw none, the page’s own button as soon as the library is ready. *Frame*: the first frame after that has been made.');
  for (const slowed of [1, plan.slowed]) {
    write(
      slowed === 1 ? '### At full speed' : `### Processor slowed ${slowed} times`,
      table(
        ['', 'ready', 'middle half', 'button', 'middle half', 'frame', `button, to ${PEER}`, 'button, to our element bundled'],
        those('start').map(({ id, title }) => {
          const buttonOf = (/** @type {string} */ who) => marks(who, slowed, 'button');
          const [readies, buttons, frames] = ['ready', 'button', 'frame'].map((mark) => valuesOf(marks(id, slowed, mark)));
          return [
            title,
            middle(readies, 1),
            spread(readies, 1),
            middle(buttons, 1),
            spread(buttons, 1),
            middle(frames, 1),
            to(id, PEER, buttonOf),
            to(id, 'element', buttonOf),
          ];
        }),
      ),
    );
    writeList(exceptions(those('start'), loads, (id) => `${slowed} ${id}`));
  }

  const named = Object.keys(steps(new Map()));
  write('### Where our time goes', 'Medians, in milliseconds from the beginning of the navigation.');
  for (const slowed of [1, plan.slowed]) {
    const rows = those('start').filter(({ ours }) => ours).map(({ id, title }) => {
      const parts = steps(loads.samples.get(`${slowed} ${id}`) ?? new Map());
      return [`${title.replace('ours: ', '')}${slowed === 1 ? '' : `, slowed ${slowed} times`}`, ...Object.values(parts).map((samples) => (samples.length > 0 ? fixed(median(samples), 1) : undefined))];
    });
    write(table(['', ...named], rows));
  }

  write(
    '## One authorization URL',
    'Microseconds for an address with a fresh state and PKCE pair, and the record of it in storage, as each library does it for a redirect: batches of ten, one after the other, after a warm-up.',
    table(
      ['', 'µs', 'middle half', `to ${PEER}`, 'to ours', 'calls'],
      those('url').map(({ id, title }) => {
        const samples = urlSamples.get(id) ?? [];
        const perRound = (/** @type {string} */ who) => figures(urls.samples.get(who), (batches) => median(batches));
        return [title, middle(samples, 1), spread(samples, 1), to(id, PEER, perRound), to(id, 'functions', perRound), fixed(samples.length * 10, 0)];
      }),
    ),
  );
  writeList(exceptions(those('url'), urls));

  write(
    '## From the click to the window',
    'A mouse’s click, by the browser’s own input. *Own task*: `window.open` is called before the click’s task ends, also after promises that were settled in it. *After a digest*: `crypto.subtle.digest` was called before it, which Chromium answers in the same task; WebKit does not, and blocks the window. *At once at X*: the window opens with the authorization URL, not with an empty page.',
    table(
      ['', 'own task', 'after a digest', 'at once at X', 'ms to `window.open`', 'ms to the request for X’s page', `the latter, to ${PEER}`, 'to our element', 'clicks'],
      those('click').map(({ id, title }) => {
        const samples = clicks.samples.get(id) ?? new Map();
        const all = [...samples.values()];
        const request = (/** @type {string} */ who) => figures(clicks.samples.get(who), (one) => one.request);
        const share = (/** @type {(one: import('./measures/click.mjs').Click) => boolean} */ is) => (all.length === 0 ? undefined : all.every(is) ? 'yes' : all.some(is) ? `${all.filter(is).length} of ${all.length}` : 'no');
        return [
          title,
          share((one) => one.task),
          share((one) => one.digested),
          share((one) => one.final),
          middle(all.map((one) => one.milliseconds), 2),
          middle(all.map((one) => one.request), 1),
          to(id, PEER, request),
          to(id, 'element', request),
          String(all.length),
        ];
      }),
    ),
  );
  writeList(exceptions(those('click'), clicks));

  write(
    '## From the callback to the exchange',
    'Milliseconds from the request for the callback page to the request that exchanges the code, as the server sees them.',
    table(
      ['', 'ms', 'middle half', `to ${PEER}`, 'to ours', 'callbacks'],
      those('callback').map(({ id, title }) => {
        const of = (/** @type {string} */ who) => figures(callbacks.samples.get(who), (one) => one.milliseconds);
        const samples = valuesOf(of(id));
        return [id === 'element' ? 'ours: `callback.js`' : title, middle(samples, 1), spread(samples, 1), to(id, PEER, of), to(id, 'element', of), String(samples.length)];
      }),
    ),
  );
  writeList(exceptions(those('callback'), callbacks));

  write(
    '## A hundred buttons',
    'Milliseconds until all are there. The peers draw none, so the floor is a hundred plain buttons with a handler each.',
    table(
      ['', 'all', 'middle half', 'loads'],
      those('many').map(({ id, title }) => {
        const all = valuesOf(figures(many.samples.get(id), (one) => one.marks.button));
        return [title, middle(all, 1), spread(all, 1), String(all.length)];
      }),
    ),
  );
  writeList(exceptions(those('many'), many));

  const kilobytes = (/** @type {number} */ value) => fixed(value / 1024, 0);
  write(
    '## Memory',
    `KiB of JavaScript’s heap and of WebAssembly’s memory, after collection, in one page: after 10 sign-ins, and after ${fixed(plan.signIns, 0)}; each with its authorization URL, its callback and its exchange.`,
    table(
      ['', 'after 10', `after ${fixed(plan.signIns, 0)}`, 'more', 'bytes a sign-in', 'of it WebAssembly'],
      those('memory').map(({ id, title }) => {
        const [one] = [...(held.samples.get(id)?.values() ?? [])];
        if (!one) return [title, undefined, undefined, undefined, undefined, undefined];
        const grown = one.many - one.few;
        return [title, kilobytes(one.few), kilobytes(one.many), kilobytes(grown), fixed(grown / (plan.signIns - 10), 0), kilobytes(one.wasm[1])];
      }),
    ),
  );
  writeList(exceptions(those('memory'), held));

  write(
    '## Bytes',
    'Every script and engine that a page asked for: until the button works, and in a whole sign-in by popup and by redirect, with the callback page. HTML is not counted.',
    table(
      ['', 'raw', 'gzip', 'brotli', 'files', 'whole: raw', 'gzip', 'brotli', 'files'],
      those('bytes').map(({ id, title }) => {
        const found = sizeOf(id);
        const cells = (/** @type {import('./measures/bytes.mjs').Download | undefined} */ of) => [of && fixed(of.raw, 0), of && fixed(of.gzip, 0), of && fixed(of.brotli, 0), of && String(of.files.length)];
        return [title, ...cells(found?.button), ...cells(found?.whole)];
      }),
    ),
  );
  writeList(exceptions(those('bytes'), sizes));
  return `${lines.join('\n').trimEnd()}\n`;
}
