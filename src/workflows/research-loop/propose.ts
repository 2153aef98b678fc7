import { CancellationScope } from '@temporalio/workflow';
import type { ProposeRequest } from '../../contract/activities.js';
import { NO_USAGE, type Prepared, type Usage } from '../../contract/proposal.js';
import type { Proposer, Task } from '../../contract/task-schema.js';
import { classOf } from '../../domain/device/preferences.js';
import { nextMean } from '../../domain/loop/on-deck.js';
import { askProposer } from './dialogue/ask-proposer.js';
import { failureText } from './failure-text.js';
import { finish } from './finish.js';
import type { Loop } from './loop.js';
import { guide, type Guided } from './steering/guide.js';
import { prepareAgain } from './steering/prepare-again.js';
import { notePending } from './steering/take-in.js';
import { unlessTwin } from './unless-twin.js';
import { wasCancelled } from './was-cancelled.js';

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
  if (loop.state.refusedInARow < MOST_REFUSED || (loop.stopping ?? loop.exhausted) !== null) return;
  loop.state = { ...loop.state, refusedInARow: 0 };
  loop.halt(`the last ${String(MOST_REFUSED)} proposals were refused, the last because: ${reason}`);
};

/**
 * A call that may cost more than its share of the budget: fewer calls share it from now on, and only one that had all
 * of it to itself shows that the budget is spent.
 */
const shareOut = (loop: Loop, prepared: Prepared & { reason: string }, sharers: number): boolean => {
  if (sharers === 1) {
    loop.exhausted ??= `budget spent: ${prepared.reason}`;
    return false;
  }
  loop.parallelProposals = Math.max(1, Math.min(loop.parallelProposals, Math.floor(sharers / 2)));
  if (prepared.usage.calls > 0) return false;
  loop.inFlight.delete(prepared.experiment);
  loop.state.unproposed.push(prepared.experiment);
  loop.changed = true;
  return true;
};

const accept = (loop: Loop, proposed: Prepared, sharers: number): void => {
  const prepared = unlessTwin(loop, proposed);
  if (prepared.status === 'ready') {
    notePending(loop, prepared);
    loop.inFlight.delete(prepared.experiment);
    loop.state.waiting.push(prepared);
    loop.changed = true;
    return;
  }
  if (prepared.status === 'over_budget' && shareOut(loop, prepared, sharers)) return;
  const { status: outcome, reason } = prepared;
  finish(loop, prepared, { outcome, reason, measurements: [], evidence: null });
  haltIfUseless(loop, reason);
};

/** A number whose proposal will never be made. */
export const withdrawn = (experiment: number, usage: Usage = NO_USAGE): Prepared => ({
  experiment,
  proposer: 'none',
  idea: '',
  usage,
  status: 'refused',
  reason: 'stopped before it was proposed',
});

interface Share {
  dollars: number;
  tokens: number;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

const reserve = (loop: Loop, experiments: number[], { dollars, tokens }: Share): CancellationScope => {
  const scope = new CancellationScope({ cancellable: true });
  for (const experiment of experiments) {
    loop.inFlight.set(experiment, {
      stage: 'proposing',
      idea: '',
      waitingFor: 'proposer',
      scope,
      deviceSeconds: 0,
      dollars: finite(dollars) / experiments.length,
      tokens: finite(tokens) / experiments.length,
    });
  }
  return scope;
};

/** A person's stop gives each number its row; for want of infrastructure they wait to be proposed again. */
const giveUp = (
  loop: Loop,
  experiments: number[],
  { which, failure, paid }: { which: string; failure: string | null; paid: Usage },
): void => {
  if (failure === null) {
    const reason = 'stopped before it was proposed';
    for (const experiment of experiments) {
      finish(loop, withdrawn(experiment, paid), {
        outcome: 'cancelled',
        reason,
        measurements: [],
        evidence: null,
      });
    }
    return;
  }
  for (const experiment of experiments) {
    loop.inFlight.delete(experiment);
    loop.state.unproposed.push(experiment);
  }
  loop.halt(`no proposal for ${which}: ${failure}`);
};

/** Asks for the candidates of these experiments; what a call may cost at most is reserved while it runs. */
export const proposeExperiments = async (loop: Loop, experiments: number[], share: Share): Promise<void> => {
  const { loop: id, task: asWritten, source, method } = loop.input;
  const scope = reserve(loop, experiments, share);
  const proposedAt = Date.now();
  const sharers = loop.parallelProposals;
  const [first, last] = [experiments[0], experiments.at(-1)];
  const which =
    first === last ? `experiment ${String(first)}` : `experiments ${String(first)}–${String(last)}`;
  const requestOf = (guided: Guided | null): ProposeRequest => ({
    loop: id,
    task: asWritten,
    source,
    experiments,
    base: loop.state.incumbent?.branchCommit ?? source.baseCommit,
    hints: loop.state.hints,
    dollarsLeft: Number.isFinite(share.dollars) ? share.dollars : null,
    tokensLeft: Number.isFinite(share.tokens) ? share.tokens : null,
    ...(Array.isArray(asWritten.run.device) ? { device: classOf(asWritten, loop.state) } : {}),
    ...guided,
  });
  let paid = NO_USAGE;
  try {
    const ask = (request: ProposeRequest): Promise<Prepared[]> =>
      askProposer(request, `propose ${which}`, (usage) => {
        paid = usage;
      });
    const proposals = await scope.run(() =>
      method === undefined
        ? ask(requestOf(null))
        : guide(loop, method, experiments).then((guided) =>
            guided.method.guidance.again === undefined
              ? ask(requestOf(guided))
              : experiments.map((experiment) => prepareAgain(guided.method.guidance, experiment)),
          ),
    );
    const mean = nextMean(loop.state.meanProposeSeconds, (Date.now() - proposedAt) / 1000);
    loop.state = { ...loop.state, meanProposeSeconds: mean };
    for (const prepared of proposals) accept(loop, { ...prepared, proposedAt }, sharers);
  } catch (error) {
    const failure = wasCancelled(error, scope) ? null : failureText(error);
    giveUp(loop, experiments, { which, failure, paid });
  }
};
