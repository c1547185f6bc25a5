/** Node, Bun, Deno: prints the report; ends by itself, because nothing is left running. */
import { report } from './imported.mjs';

console.log(report());
