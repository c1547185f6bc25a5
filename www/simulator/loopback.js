/**
 * This machine, by whatever name: `localhost` and all names below it (RFC 6761, section 6.3), 127.0.0.0/8 and `[::1]`.
 * @module
 */

/** @param {string} host of an address, without its port */
export const isLoopback = (host) => /^(?:(?:[a-z\d-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);

/**
 * Where the names of this machine are, whatever a resolver says: not every one knows those below `localhost`, and some ask
 * others for them.
 * @type {import('node:net').LookupFunction}
 */
export const lookUpLoopback = (_name, { all }, done) => {
  if (all) done(null, [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }]);
  else done(null, '127.0.0.1', 4);
};
