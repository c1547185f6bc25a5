// Compiled, not run: the declarations that are published for the simulator say what its code says.
import type { startSimulator as declared } from '../../www/types/simulator.js';
import { startSimulator } from '../../www/simulator/index.js';

export const implementation: typeof declared = startSimulator;
