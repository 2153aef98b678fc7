import type { Acceptance } from '../../contract/task-schema.js';
import { bet, type Wealth } from './bet.js';
import { mz } from './mz.js';
import type { EvidenceOptions, Process } from './process.js';
import { sign, type Signs } from './sign.js';
import type { Sums } from './sums.js';
import { t } from './t.js';
import { z } from './z.js';

export type EvidenceName = Acceptance['evidence'];
export type EvidenceState = Sums | Wealth | Signs;

/** Every evidence process by the name it has in task.yaml. */
export const EVIDENCE: Readonly<Record<EvidenceName, Process<EvidenceState>>> = { z, mz, t, bet, sign };

/** ln of the e-value of all differences together; 0 for none. */
export const logE = (name: EvidenceName, d: readonly number[], options: EvidenceOptions): number => {
  const process = EVIDENCE[name];
  return process.logE(
    d.reduce((state, one) => process.add(state, one, options), process.empty),
    options,
  );
};
