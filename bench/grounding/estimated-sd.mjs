/** False keeps of the z test when its sd was estimated from nu degrees of freedom. */
import { keepStep, startTest } from '../../dist/domain/evidence/keep-step.js';
import { stream } from './normal.mjs';
import { share } from './row.mjs';

const STREAMS = 40_000;
const SPEC = { 2: 9.8, 4: 6.6, 9: 4.5, 19: 3.4 };

/** Assumed: the sprt of the power table (delta is one true sd, futility at .2), pairs up to 60. */
const falseKeeps = (nu) => {
  const { normal } = stream('estimated sd', nu);
  let hits = 0;
  for (let i = 0; i < STREAMS; i++) {
    let squares = 0;
    for (let k = 0; k < nu; k++) squares += normal() ** 2;
    const options = { sd: Math.sqrt(squares / nu), delta: 1, tau: 1, bound: 4 };
    const test = { process: 'z', options, alpha: 0.05, beta: 0.2, nmax: 60 };
    let step = { state: startTest(test), decision: 'more' };
    while (step.decision === 'more') step = keepStep(test, step.state, normal());
    if (step.decision === 'keep') hits++;
  }
  return hits;
};

export const estimatedSd = () =>
  Object.entries(SPEC).map(([nu, spec]) =>
    share(
      { table: '1.1 z with estimated sd, % false keeps', row: 'z', column: `nu=${nu}`, spec },
      falseKeeps(Number(nu)),
      STREAMS,
    ),
  );
