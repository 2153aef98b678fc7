import type { Method, MethodFiles } from '../../src/contract/method.js';
import { parseMethod } from '../../src/storage/method/index.js';

/** A method from as many of its files as a test cares about. */
export const methodWith = (files: MethodFiles = {}): Method => parseMethod(files, 'method');
