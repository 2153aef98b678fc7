import type { Acceptance } from '../../contract/task-schema.js';
import { branchPromote } from './branch-promote.js';
import { byContest } from './by-contest.js';
import { confirm } from './confirm.js';
import { floor } from './floor.js';
import { intensify } from './intensify.js';
import { lift } from './lift.js';
import { pairedT } from './paired-t.js';
import type { Rule } from './rule.js';
import { screenSprt } from './screen-sprt.js';
import { sprt } from './sprt.js';
import { strict } from './strict.js';

/** Every acceptance rule by the name it has in task.yaml. */
export const RULES: Readonly<Record<Acceptance['rule'], Rule>> = {
  strict,
  floor,
  confirm,
  'paired-t': pairedT,
  sprt,
  'screen+sprt': screenSprt,
  intensify,
  lift,
  race: byContest,
  halving: byContest,
  hyperband: byContest,
  'branch+promote': branchPromote,
};
