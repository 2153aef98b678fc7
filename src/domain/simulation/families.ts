import { crash } from './families/crash.js';
import { epistasis } from './families/epistasis.js';
import { lever } from './families/lever.js';
import { lever2 } from './families/lever2.js';
import { nkchain } from './families/nkchain.js';
import { ridge } from './families/ridge.js';
import { sparse } from './families/sparse.js';
import { trap } from './families/trap.js';
import type { Family } from './landscape.js';

/** What an outer loop may look at. */
export const TRAIN: readonly Family[] = [lever, sparse, ridge, crash];

/** What it is judged by: nothing is ever chosen on these. */
export const HELD_OUT: readonly Family[] = [lever2, epistasis, trap, nkchain];
