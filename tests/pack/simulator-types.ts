// Compiled, not run: the declarations that are published for the simulator say what its code says.
import type { SimulatorStateError as DeclaredError, startSimulator as declared } from '../../www/types/simulator.js';
import { SimulatorStateError, startSimulator } from '../../www/simulator/index.js';

export const implementation: typeof declared = startSimulator;

/** An error as it is thrown is the declared one. */
export const thrown = (error: SimulatorStateError): Omit<DeclaredError, 'name'> => error;
