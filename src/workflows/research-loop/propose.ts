import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { NO_USAGE, type Prepared } from '../../contract/proposal.js';
import type { Proposer, Task } from '../../contract/task-schema.js';
import { nextMean } from '../../domain/loop/on-deck.js';
import { proposeFor } from './activities.js';
import { failureText } from './failure-text.js';
import { finish } from './finish.js';
import type { Loop } from './loop.js';

const proposersOf = ({ proposer }: Task): Proposer[] => (Array.isArray(proposer) ? proposer : [proposer]);

/** Proposals that cost neither time nor money are made in one go. */
export const inBatches = (task: Task): boolean => proposersOf(task).every(({ kind }) => kind === 'mutate');

/** The next experiment numbers: first those whose proposal failed before. */
export const takeNumbers = (loop: Loop, count: number): number[] => {
  const numbers = loop.state.unproposed.slice(0, count);
  loop.state.unproposed = loop.state.unproposed.slice(numbers.length);
  while (numbers.length < count) numbers.push(loop.state.next++);
  return numbers;
};

/** A proposer that is never understood would only spend the budget. */
const MOST_REFUSED = 10;

const haltIfUseless = (loop: Loop, reason: string): void => {
  if (loop.state.refusedInARow < MOST_REFUSED || loop.stopping !== null) return;
  loop.state = { ...loop.state, refusedInARow: 0 };
  loop.halt(`the last ${String(MOST_REFUSED)} proposals were refused, the last because: ${reason}`);
};

const accept = (loop: Loop, prepared: Prepared): void => {
  if (prepared.status === 'ready') {
    loop.inFlight.delete(prepared.experiment);
    loop.state.waiting.push(prepared);
    loop.changed = true;
    return;
  }
  const outcome = prepared.status;
  finish(loop, prepared, { outcome, reason: prepared.reason, measurements: [], evidence: null });
  haltIfUseless(loop, prepared.reason);
  if (outcome === 'over_budget') {
    if (loop.parallelProposals > 1) loop.parallelProposals = 1;
    else loop.stopping ??= `budget spent: ${prepared.reason}`;
  }
};

/** A number whose proposal will never be made. */
export const withdrawn = (experiment: number): Prepared => ({
  experiment,
  proposer: 'none',
  idea: '',
  usage: NO_USAGE,
  status: 'refused',
  reason: 'stopped before it was proposed',
});

/** Asks for the candidates of these experiments; what a call may cost at most is reserved while it runs. */
export const proposeExperiments = async (
  loop: Loop,
  experiments: number[],
  share: { dollars: number; tokens: number },
): Promise<void> => {
  const { loop: id, task, source } = loop.input;
  const scope = new CancellationScope({ cancellable: true });
  const limited = (value: number) => (Number.isFinite(value) ? value : 0);
  for (const experiment of experiments) {
    loop.inFlight.set(experiment, {
      stage: 'proposing',
      idea: '',
      waitingFor: 'proposer',
      scope,
      deviceSeconds: 0,
      dollars: limited(share.dollars) / experiments.length,
      tokens: limited(share.tokens) / experiments.length,
    });
  }
  const proposedAt = Date.now();
  const [first, last] = [experiments[0], experiments.at(-1)];
  const which =
    first === last ? `experiment ${String(first)}` : `experiments ${String(first)}–${String(last)}`;
  try {
    const proposals = await scope.run(() =>
      proposeFor(task).executeWithOptions({ summary: `propose ${which}` }, [
        {
          loop: id,
          task,
          source,
          experiments,
          base: loop.state.incumbent?.branchCommit ?? source.baseCommit,
          hints: loop.state.hints,
          dollarsLeft: Number.isFinite(share.dollars) ? share.dollars : null,
          tokensLeft: Number.isFinite(share.tokens) ? share.tokens : null,
        },
      ]),
    );
    const mean = nextMean(loop.state.meanProposeSeconds, (Date.now() - proposedAt) / 1000);
    loop.state = { ...loop.state, meanProposeSeconds: mean };
    for (const prepared of proposals) accept(loop, { ...prepared, proposedAt });
  } catch (error) {
    const cancelled = isCancellation(error);
    for (const experiment of experiments) {
      if (cancelled) {
        const reason = 'stopped before it was proposed';
        finish(loop, withdrawn(experiment), {
          outcome: 'cancelled',
          reason,
          measurements: [],
          evidence: null,
        });
      } else {
        loop.inFlight.delete(experiment);
        loop.state.unproposed.push(experiment);
      }
    }
    if (!cancelled) loop.halt(`no proposal for ${which}: ${failureText(error)}`);
  }
};
