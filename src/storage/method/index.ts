export { methodHash } from './method-hash.js';
export { parseMethod } from './parse-method.js';
export { methodFilesAt, readMethodFiles, type PortableMethod } from './read-method.js';
