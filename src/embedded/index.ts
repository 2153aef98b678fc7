export { down } from './down.js';
export type { Engine } from './engine.js';
export { engineState, type ServiceReport } from './engine-state.js';
export { ensureDevices, up, type UpOptions } from './up.js';
