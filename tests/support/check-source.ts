import type { GateReport } from '../../src/contract/gates.js';
import type { DryRun } from '../../src/domain/gates/dry-run.js';
import { checkMechanism } from '../../src/mechanism-host/check-mechanism.js';
import { openMechanism } from '../../src/mechanism-host/open-mechanism.js';
import { stuckTraces } from '../../src/mechanism-host/stuck-traces.js';

/** The gates over a source, on the recorded loops. */
export const checkSource = async (
  source: string,
  more: { incumbent?: string; dryRun?: DryRun; fuel?: number } = {},
): Promise<GateReport> => {
  const { incumbent, dryRun, fuel } = more;
  return checkMechanism(
    { source, ...(incumbent !== undefined && { incumbent }) },
    {
      open: openMechanism,
      traces: await stuckTraces(),
      ...(dryRun !== undefined && { dryRun }),
      ...(fuel !== undefined && { fuel }),
    },
  );
};
