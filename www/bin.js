#!/usr/bin/env node
/** `npx sign-in-with-x …`: lies beside simulator/ both here and in the package. */
const [command, ...args] = process.argv.slice(2);

if (command === 'simulator') {
  const { main } = await import('./simulator/cli.js');
  process.exitCode = await main(args);
} else {
  const asked = command === undefined || command === '--help' || command === '-h';
  const text = 'Usage: sign-in-with-x simulator [options]\n\nsimulator   X on this machine, for development and tests; --help lists its options\n';
  if (asked) process.stdout.write(text);
  else process.stderr.write(`There is no command "${command}".\n\n${text}`);
  process.exitCode = asked ? 0 : 2;
}
