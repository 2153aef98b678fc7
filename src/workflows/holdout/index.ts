export { holdoutQuery } from './holdout-query.js';
export { noteKeep } from './note-keep.js';
