/**
 * Faults: ways in which X, or somebody between, misbehaves. Each waits for the next time its stage is reached, acts
 * once and is gone (or acts `times` times). A new kind of fault is one more row of the table.
 *
 * The stages, and what is there to be changed:
 * - `page`, `token`, `user`, `revoke`: a request has come and nothing was done yet; a reply set here is sent instead.
 * - `code`: a code was just made and is about to leave.
 * - `redirect`: the browser is about to be sent back; the parameters of the callback are at hand.
 * @module
 */

/** @typedef {import('./types.js').FaultSubject} FaultSubject */
/** @typedef {'page' | 'code' | 'redirect' | 'token' | 'user' | 'revoke'} Stage */
/** @typedef {Record<string, unknown>} Values */

/** @type {readonly Stage[]} */
export const STAGES = ['page', 'code', 'redirect', 'token', 'user', 'revoke'];

/**
 * @typedef {object} Kind
 * @property {Stage} stage where it acts unless `stage` is among its parameters
 * @property {Record<string, (value: unknown) => boolean>} required
 * @property {Record<string, (value: unknown) => boolean>} [optional]
 * @property {(subject: FaultSubject, values: Values, sleep: (ms: number) => Promise<void>) => void | Promise<void>} apply
 */

const isText = (/** @type {unknown} */ value) => typeof value === 'string';
const isStage = (/** @type {unknown} */ value) => STAGES.some((stage) => stage === value);
const isStatus = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
const isDuration = (/** @type {unknown} */ value) => typeof value === 'number' && value >= 0 && value <= 600_000;
const isCount = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) > 0;
const isBody = (/** @type {unknown} */ value) => isText(value) || (typeof value === 'object' && value !== null);

/** @type {Record<string, Kind>} */
export const KINDS = {
  /** The callback carries another state than the one that was sent. */
  alter_state: {
    stage: 'redirect',
    required: {},
    optional: { value: isText },
    apply(subject, { value }) {
      subject.parameters = subject.parameters?.map(([name, old]) => [name, name === 'state' ? String(value ?? reversed(old)) : old]);
    },
  },
  /** The next code that is issued has run out before anybody can present it. */
  expire_code: {
    stage: 'code',
    required: {},
    apply(subject) {
      if (subject.code) subject.code.expiresAt = 0;
    },
  },
  /** The token endpoint answers this, and does nothing: a code that was presented stays unspent. */
  token_status: {
    stage: 'token',
    required: { status: isStatus },
    optional: { body: isBody },
    apply(subject, { status, body = '' }) {
      const json = typeof body !== 'string';
      subject.reply = {
        status: Number(status),
        headers: { 'Content-Type': json ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8' },
        body: json ? JSON.stringify(body) : body,
      };
    },
  },
  /** The answer takes this long; of the token endpoint unless another stage is named. */
  delay_ms: {
    stage: 'token',
    required: { ms: isDuration },
    optional: { stage: isStage },
    apply: (_subject, { ms }, sleep) => sleep(Number(ms)),
  },
  /** The decision is taken but the browser is left on X's page, as when X strands a person after they log in. */
  never_redirect: {
    stage: 'redirect',
    required: {},
    apply(subject) {
      subject.withheld = true;
    },
  },
};

/** @param {string} text */
function reversed(text) {
  const turned = [...text].reverse().join('');
  return turned === text ? `${text}x` : turned;
}

/**
 * @typedef {object} Faults
 * @property {(kind: string, values?: Values) => void} add throws on an unknown kind or a bad parameter
 * @property {() => { kind: string, stage: Stage, times: number }[]} pending
 * @property {(stage: Stage, subject: FaultSubject) => Promise<void>} apply
 * @property {() => void} clear
 */

/**
 * @param {(ms: number) => Promise<void>} sleep
 * @param {import('./journal.js').Journal} journal
 * @returns {Faults}
 */
export function createFaults(sleep, journal) {
  /** @type {{ kind: string, stage: Stage, times: number, values: Values }[]} */
  let queue = [];
  return {
    add(kind, values = {}) {
      const row = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
      if (!row) throw new TypeError(`unknown fault "${kind}"; there are: ${Object.keys(KINDS).join(', ')}`);
      check(kind, row, values);
      queue.push({ kind, stage: /** @type {Stage} */ (values.stage ?? row.stage), times: Number(values.times ?? 1), values });
    },
    pending: () => queue.map(({ kind, stage, times }) => ({ kind, stage, times })),
    async apply(stage, subject) {
      const acting = queue.filter((fault) => fault.stage === stage);
      // Counted down before anything is awaited: a second request must not meet the same fault again.
      for (const fault of acting) fault.times -= 1;
      queue = queue.filter((fault) => fault.times > 0);
      for (const { kind, values } of acting) {
        journal.record('fault', { kind, stage });
        await KINDS[kind]?.apply(subject, values, sleep);
      }
    },
    clear() {
      queue = [];
    },
  };
}

/**
 * @param {string} kind
 * @param {Kind} row
 * @param {Values} values
 */
function check(kind, row, values) {
  /** @type {Kind['required']} */
  const known = { ...row.required, ...row.optional, times: isCount };
  for (const name of Object.keys(row.required)) {
    if (!(name in values)) throw new TypeError(`fault "${kind}" needs "${name}"`);
  }
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(known, name)) throw new TypeError(`fault "${kind}" knows no "${name}"; it takes: ${Object.keys(known).join(', ')}`);
    if (!known[name]?.(value)) throw new TypeError(`fault "${kind}": bad value for "${name}"`);
  }
}
