import type { Waiting } from '../../contract/loop.js';
import { decide } from '../../domain/acceptance/decide.js';
import { needsWord } from '../../domain/validation/validate-of.js';
import { doubtsKeeps } from './doubts-keeps.js';
import { finish } from './finish.js';
import { isArm } from './contest/is-arm.js';
import { evidenceOf } from './guard-run.js';
import { confirmKeep } from './holdout/confirm-keep.js';
import type { Loop } from './loop.js';
import { overtaken } from './pairs-of-one-time.js';
import { PROMOTION } from '../../domain/promotion/promotion-proposer.js';

/** Nothing is left to measure it against the new incumbent: it keeps its runs, and can be forked from. */
export const finishOvertaken = (loop: Loop, { measured, ...prepared }: Waiting): string => {
  const [number, now] = [String(prepared.experiment), String(loop.state.incumbent?.experiment ?? 0)];
  const why = `approved after #${now} became the incumbent, and not measured against it: ${loop.stopping ?? 'stopped'}`;
  finish(loop, prepared, { outcome: 'cancelled', reason: why, measurements: measured ?? [], evidence: null });
  return `not kept: the incumbent is #${now} since, and nothing is left to measure ${number} against it (${loop.stopping ?? 'stopped'}); go on from it with \`autolift fork ${loop.input.loop} ${number}\``;
};

/** A person's answer to a would-be keep. One that the incumbent has overtaken is measured against the new one. */
export const decideApproval = (loop: Loop, experiment: number, rejection: string | null): string => {
  const { awaiting, incumbent, noise } = loop.state;
  const found = awaiting.find(({ prepared }) => prepared.experiment === experiment);
  if (found === undefined || incumbent === null) return 'nothing waits for approval';
  loop.state.awaiting = awaiting.filter((one) => one !== found);
  const { prepared, measurements } = found;
  if (prepared.proposer === PROMOTION || isArm(loop, experiment)) {
    loop.answers.set(experiment, rejection);
    return rejection === null ? 'promoted' : 'not promoted';
  }
  if (rejection === null && found.against !== incumbent.experiment) {
    if (loop.stopping !== null) return finishOvertaken(loop, { ...prepared, measured: measurements });
    loop.state.waiting.unshift({ ...prepared, measured: measurements });
    loop.event('notice', `experiment ${String(experiment)} is measured again: the incumbent has changed`);
    return 'the incumbent has changed since: it is measured against the new one first';
  }
  const { task } = loop.input;
  const runs = evidenceOf(measurements);
  const decision = decide({
    direction: task.measure.metric.direction,
    acceptance: task.acceptance,
    measurements: runs,
    candidate: prepared.commit,
    incumbent,
    noise,
    secondSeed: doubtsKeeps(loop),
    ...overtaken(loop, runs),
  });
  const evidence = decision.decision === 'final' ? decision.evidence : null;
  const outcome = rejection === null ? 'keep' : 'discard';
  const reason = rejection === null ? `${found.reason}; approved by a person` : `rejected: ${rejection}`;
  loop.event(rejection === null ? 'approved' : 'rejected', `experiment ${String(experiment)}: ${reason}`);
  const verdict = { outcome, reason, measurements, evidence } as const;
  if (needsWord(task, outcome)) {
    void confirmKeep(loop, { prepared, verdict, against: found.against });
    return 'approved: the holdout is asked before it is kept';
  }
  finish(loop, prepared, verdict);
  return rejection === null ? 'kept' : 'discarded';
};
