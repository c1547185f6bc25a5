/**
 * A server of the load test listens: it says its address to the process that started it, and ends with that.
 * @param {import('node:http').Server} server
 */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) process.send?.(`http://127.0.0.1:${address.port}`);
  });
  process.on('disconnect', () => process.exit());
}
