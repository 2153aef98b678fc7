import { proofInWords } from '../../domain/acceptance/put-to-proof.js';
import type { Proof } from '../../domain/acceptance/rule.js';
import { goBack } from './alarms/go-back.js';
import type { Loop } from './loop.js';

/** Says what the keeps came to that were made while the metric was taken for still, and takes back what isn't proven. */
export const settleProof = (loop: Loop, proof: Proof, standing: { value: number; n: number }): void => {
  const { incumbent, unproven = [], lifts, rent, outcomes } = loop.state;
  if (incumbent === null) return;
  loop.event('notice', proofInWords(proof, incumbent.experiment, unproven));
  loop.state = { ...loop.state, unproven: [] };
  if (proof.holds) return;
  const { commit } = proof;
  const back = { experiment: 0, commit, branchCommit: commit, ...standing };
  goBack(loop, back);
  if (lifts !== undefined) loop.state.lifts = { ...lifts, kept: [] };
  if (rent !== undefined) loop.state.rent = { paid: back, keeps: outcomes.keep ?? 0 };
};
