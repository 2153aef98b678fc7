import { noiseAnew } from '../../domain/acceptance/second-seed.js';
import type { Evidence } from '../../domain/acceptance/rule.js';
import { startContests } from './contest/start-contests.js';
import type { Loop } from './loop.js';
import { whereItRuns } from '../../domain/noise/self-test.js';
import { testRule } from './self-test.js';
import { settleProof } from './settle-proof.js';
import { startBranch } from './start-branch.js';

/** Keeps that wait for a person rest on one run of a metric that is noisy after all. */
const judgeAnew = (loop: Loop): void => {
  const { awaiting, waiting } = loop.state;
  for (const { prepared } of awaiting) {
    loop.event('notice', `experiment ${String(prepared.experiment)} is measured again: the metric has noise`);
  }
  const again = awaiting.map(({ prepared, measurements }) => ({ ...prepared, measured: measurements }));
  loop.state = { ...loop.state, awaiting: [], waiting: [...again, ...waiting] };
};

/**
 * A metric that was taken for still has noise: from here on the loop goes as if it had begun with it. The incumbent
 * stands on its fresh runs, keeps that were made till now are put to the proof, and the rule is tested on them; one that
 * can't be trusted with this noise pauses the loop.
 */
export const renewNoise = (
  loop: Loop,
  experiment: number,
  verdict: { reason: string; evidence: Evidence },
) => {
  const found = noiseAnew(verdict.evidence);
  if (found === null) return;
  const { noise, standing, values, firstSeed, sample, proof } = found;
  if (proof !== undefined) settleProof(loop, proof, standing);
  const { incumbent } = loop.state;
  if (incumbent === null) return;
  loop.state = { ...loop.state, noise, incumbent: { ...incumbent, ...standing } };
  judgeAnew(loop);
  startBranch(loop, values, firstSeed);
  startContests(loop);
  testRule(loop, sample, ({ words, refusal }) => {
    loop.event('notice', `#${String(experiment)}: ${verdict.reason}${words}`);
    if (refusal !== null) loop.halt(`#${String(experiment)}: ${verdict.reason}. ${whereItRuns(refusal)}`);
  });
};
