import { CancellationScope } from '@temporalio/workflow';
import type { Artifact, TransferPlan, TransferRow } from '../../contract/transfer.js';
import { nobodyServes } from '../../domain/device/choose-device.js';
import { nextRound } from '../../domain/transfer/next-round.js';
import { awaitDevice, livingClasses } from '../research-loop/activities.js';
import { allWoundDown } from '../research-loop/research/all-wound-down.js';
import { recordTransfer } from './activities.js';
import { measureArtifact } from './measure-artifact.js';
import { goesOn } from './messages.js';
import type { TransferStudy } from './study.js';

/** Nothing is queued for a class that nobody serves: the study says so, and waits. */
const served = async (study: TransferStudy, device: string): Promise<void> => {
  const { living } = await livingClasses({ classes: [device] });
  if (living.length > 0) return;
  study.unserved.add(device);
  study.show();
  await awaitDevice.executeWithOptions({ summary: nobodyServes([device]) }, [{ classes: [device] }]);
  study.unserved.delete(device);
  study.show();
};

const runRound = async (
  study: TransferStudy,
  artifacts: readonly Artifact[],
  place: { device: string; pair: number; plan: TransferPlan },
): Promise<void> => {
  const rows: TransferRow[] = [];
  const waiting = [...artifacts];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (study.paused !== null) await goesOn(study);
      const row = await measureArtifact(study, next, place);
      rows.push(row);
      const { status, value } = row.run;
      study.made.push({ device: place.device, artifact: next.name, pair: place.pair, status, value });
      study.show();
    }
  };
  try {
    await allWoundDown(Array.from({ length: Math.min(place.plan.task.concurrency, waiting.length) }, lane));
  } finally {
    // what was paid for is kept, however the round ended
    if (rows.length > 0) await CancellationScope.nonCancellable(() => recordTransfer(rows));
  }
};

/** Every artifact on every seed, round by round, until nothing more is to be learnt on this class. */
export const measureClass = async (
  study: TransferStudy,
  plan: TransferPlan,
  device: string,
): Promise<void> => {
  const next = () => nextRound(study.artifacts, study.on(device), study.input.pairs);
  if (next() === null) return;
  await served(study, device);
  for (let round = next(); round !== null && !study.isFull(); round = next()) {
    if (study.paused !== null) await goesOn(study);
    await runRound(study, round.artifacts, { device, pair: round.pair, plan });
  }
};
