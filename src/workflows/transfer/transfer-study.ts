import { CancellationScope, defineQuery, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { QUERIES } from '../../contract/names.js';
import type { TransferInput, TransferProgress, TransferResult } from '../../contract/transfer.js';
import { nextRound } from '../../domain/transfer/next-round.js';
import { livingClasses } from '../research-loop/activities.js';
import { allWoundDown } from '../research-loop/research/all-wound-down.js';
import { wasCancelled } from '../research-loop/was-cancelled.js';
import { continueOnNewest } from '../newest-build.js';
import { openTransfer } from './activities.js';
import { listen } from './messages.js';
import { measureClass } from './measure-class.js';
import { TransferStudy } from './study.js';

/** Where the task would rather go on than wait, classes that nobody serves are left out, as long as one is served. */
const classesOf = async ({ input, plan }: TransferStudy): Promise<string[]> => {
  if (plan?.task.run.onMissingDevice !== 'next' || input.to.length < 2) return input.to;
  const { living } = await livingClasses({ classes: input.to });
  return living.length === 0 ? input.to : input.to.filter((device) => living.includes(device));
};

const isOver = (study: TransferStudy, classes: readonly string[]): boolean =>
  classes.every((device) => nextRound(study.artifacts, study.on(device), study.input.pairs) === null);

const measure = async (study: TransferStudy): Promise<boolean> => {
  study.open(await openTransfer(study.input));
  const { plan } = study;
  if (plan === null) return true;
  upsertSearchAttributes({ Task: [plan.task.name] });
  const classes = await classesOf(study);
  await allWoundDown(classes.map(async (device) => measureClass(study, plan, device)));
  return isOver(study, classes);
};

/**
 * Measures what a loop has kept on other device classes: the branch at each kept change, and what stands without it, on
 * shared seeds. Its rows stand beside the loop's; incumbent, standing and branch are not touched.
 */
export async function transferStudy(input: TransferInput): Promise<TransferResult> {
  const study = new TransferStudy(input);
  const scope = new CancellationScope({ cancellable: true });
  setHandler(defineQuery<TransferProgress>(QUERIES.transferProgress), () => study.progress());
  listen(study, scope);
  const phase = study.paused === null ? 'transfer' : 'paused';
  upsertSearchAttributes({ DeviceClass: [input.to[0] ?? ''], Phase: [phase] });
  study.show();
  let over: boolean;
  try {
    over = await scope.run(() => measure(study));
  } catch (error) {
    if (!wasCancelled(error, scope)) throw error;
    upsertSearchAttributes({ Phase: ['done'] });
    return { ...study.progress(), stopped: 'stopped by a person' };
  }
  if (!over) return await continueOnNewest<typeof transferStudy>(study.rest());
  upsertSearchAttributes({ Phase: ['done'] });
  return { ...study.progress(), stopped: null };
}
