import type { EvidenceName, EvidenceOptions, EvidenceState } from '../../contract/evidence.js';
import { bet } from './bet.js';
import { mz } from './mz.js';
import type { Process } from './process.js';
import { sign } from './sign.js';
import { t } from './t.js';
import { z } from './z.js';

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
