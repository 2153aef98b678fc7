import { defineUpdate, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { LoopMessages } from '../../contract/loop-messages.js';
import { UPDATES } from '../../contract/names.js';
import { tellBelow } from '../research-loop/research/from-above.js';
import type { AblationStudy } from './study.js';

const BY_SOMEBODY = 'by a person';

const turn = (study: AblationStudy, paused: string | null): void => {
  study.paused = paused;
  tellBelow(study, paused !== null);
  upsertSearchAttributes({ Phase: [paused === null ? 'ablation' : 'paused'] });
  study.show();
};

const refuseIf = (refused: boolean, why: string): void => {
  if (refused) throw new Error(why);
};

const stop = (study: AblationStudy, { mode, reason }: LoopMessages['stop']): string => {
  if (study.paused !== null) turn(study, null);
  study.stopping = reason ?? 'stopped by a person';
  upsertSearchAttributes({ Phase: ['stopping'] });
  study.show();
  if (mode !== 'cancel') return 'stopping: no loop is begun any more, what runs still ends';
  study.scope.cancel();
  return 'stopping: what runs is cancelled';
};

const isMode = (mode: string): boolean => mode === 'finish' || mode === 'cancel';

/**
 * Paused, nothing is begun, and what runs below stands still too: its experiments under way still end. Stopped, loops that
 * run end by themselves, or are wound down, and the table is of what there is.
 */
export const listen = (study: AblationStudy): void => {
  setHandler(
    defineUpdate<string, [LoopMessages['pause']]>(UPDATES.pause),
    ({ reason }) => {
      turn(study, reason ?? BY_SOMEBODY);
      return 'paused, and its loops with it: experiments that run still end and are counted';
    },
    {
      validator: (_message) => {
        refuseIf(study.stopping !== null, 'the ablation is stopping');
        refuseIf(study.paused !== null, 'the ablation is paused already');
      },
    },
  );
  setHandler(
    defineUpdate<string, [LoopMessages['resume']]>(UPDATES.resume),
    (_message) => {
      turn(study, null);
      return 'resumed';
    },
    { validator: (_message) => refuseIf(study.paused === null, "the ablation isn't paused") },
  );
  setHandler(defineUpdate<string, [LoopMessages['stop']]>(UPDATES.stop), (message) => stop(study, message), {
    validator: ({ mode }) => {
      refuseIf(!isMode(mode), `mode must be finish or cancel, got ${mode}`);
      refuseIf(mode === 'finish' && study.stopping !== null, 'the ablation is stopping already');
    },
  });
};
