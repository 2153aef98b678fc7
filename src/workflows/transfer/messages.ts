import { type CancellationScope, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import type { LoopMessages } from '../../contract/loop-messages.js';
import { UPDATES } from '../../contract/names.js';
import type { TransferStudy } from './study.js';

const refuseIf = (refused: boolean, why: string): void => {
  if (refused) throw new Error(why);
};

/** Paused, no run is begun, and those under way still end; stopped, it gives what it has. */
export const listen = (study: TransferStudy, scope: CancellationScope): void => {
  setHandler(
    defineUpdate<string, [LoopMessages['pause']]>(UPDATES.pause),
    ({ reason }) => {
      study.turn(reason ?? 'by a person');
      return 'paused: runs that were begun still end and are counted';
    },
    { validator: (_message) => refuseIf(study.paused !== null, 'the study is paused already') },
  );
  setHandler(
    defineUpdate<string, [LoopMessages['resume']]>(UPDATES.resume),
    (_message) => {
      study.turn(null);
      return 'resumed';
    },
    { validator: (_message) => refuseIf(study.paused === null, "the study isn't paused") },
  );
  setHandler(defineUpdate<string, [LoopMessages['stop']]>(UPDATES.stop), (_message) => {
    scope.cancel();
    return 'stopped: what was measured is in the ledger, and the same command goes on from there';
  });
};

/** Until nobody wants it to stand still. */
export const goesOn = (study: TransferStudy): Promise<void> => condition(() => study.paused === null);
