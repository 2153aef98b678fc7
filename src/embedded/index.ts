export { down } from './down.js';
export type { Engine } from './engine.js';
export { engineState, type ServiceReport } from './engine-state.js';
export { servedDevices } from './desired.js';
export { ensureDevices, OTHER_VARIABLES, refreshWorkers, up, type UpOptions } from './up.js';
