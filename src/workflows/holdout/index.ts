export { holdoutQuery } from './holdout-query.js';
export { noteKeep } from './note-keep.js';
export { probeVault } from './probe-vault.js';
