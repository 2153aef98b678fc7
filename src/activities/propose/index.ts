import { Context } from '@temporalio/activity';
import type { ControlActivities, ProposeRequest } from '../../contract/activities.js';
import type { Prepared, Usage } from '../../contract/proposal.js';
import type { Proposer } from '../../contract/task-schema.js';
import type { Deps } from '../deps.js';
import { keepAlive } from '../keep-alive.js';
import { chooseProposer } from './choose-proposer.js';
import { proposeByAgent } from './command/propose-by-agent.js';
import { repetition } from './commit-drafts.js';
import type { Draft } from './draft.js';
import { readKnown, recognise } from './known-candidates.js';
import { createMutations } from './mutations.js';
import type { Allowance } from './openai/meter.js';
import { paidBy } from './openai/paid.js';
import { proposeByModel } from './openai/propose-by-model.js';
import { prepare } from './prepare.js';
import type { Session } from './session.js';
import { rememberSnapshots } from './snapshot.js';

interface Wanted {
  experiment: number;
  proposer: Exclude<Proposer, { kind: 'mutate' }>;
}

const reduced = (left: number | null, spent: number): number | null =>
  left === null ? null : Math.max(0, left - spent);

/** What an earlier attempt has committed; a mutation that repeats another experiment is drawn again instead. */
const finished = async (session: Session): Promise<Prepared[]> => {
  const { request, known, deps } = session;
  const ready = request.experiments.flatMap((experiment) => {
    const info = known.byExperiment.get(experiment);
    return (info && recognise(request, experiment, info)) ?? [];
  });
  if (ready.length === 0) return [];
  const settled = await deps.ledger.findByTree(
    request.loop,
    ready.map(({ tree }) => tree),
  );
  return ready.flatMap((one): Prepared[] => {
    const again = repetition(session, settled, one);
    if (again === null) return [one];
    const { experiment, proposer, usage } = one;
    return proposer === 'mutate' ? [] : [{ experiment, proposer, usage, ...again }];
  });
};

const ask = async (
  session: Session,
  { experiment, proposer }: Wanted,
  allowance: Allowance,
): Promise<Draft> =>
  proposer.kind === 'openai'
    ? await proposeByModel(session, proposer, { experiment, allowance })
    : await proposeByAgent(session, proposer, experiment);

/** Asks a model or an agent program for one experiment, and commits its answer before anybody else is asked. */
const proposeOne = async (session: Session, wanted: Wanted, allowance: Allowance): Promise<Prepared> => {
  const draft = await ask(session, wanted, allowance);
  return await keepAlive(
    () => paidBy(wanted.experiment, draft.usage),
    async () => {
      // others may have committed the same files in the meantime
      const known = await readKnown(session.repository, session.request);
      return await prepare({ ...session, known }, draft);
    },
  );
};

const spend = (allowance: Allowance, usage: Usage): Allowance => ({
  dollars: reduced(allowance.dollars, usage.dollars),
  tokens: reduced(allowance.tokens, usage.inputTokens + usage.outputTokens),
});

/** Proposals for experiments: who proposes is drawn by weight; each candidate is checked, committed and compared. */
export const createPropose = (deps: Deps): ControlActivities['propose'] => {
  const snapshotOf = rememberSnapshots();
  const proposeMutations = createMutations();
  return async (request: ProposeRequest) => {
    if (request.experiments.length === 0) return [];
    const repository = await deps.openRepository(request.source.repository);
    const [known, snapshot] = await Promise.all([
      readKnown(repository, request),
      snapshotOf(repository, request),
    ]);
    const session: Session = { deps, request, repository, snapshot, known };
    const prepared = new Map((await finished(session)).map((one) => [one.experiment, one]));
    const wanted = request.experiments
      .filter((experiment) => !prepared.has(experiment))
      .map((experiment) => ({ experiment, proposer: chooseProposer(request.task, experiment) }));
    const mutations = wanted.flatMap(({ experiment, proposer }) =>
      proposer.kind === 'mutate' ? [{ experiment, proposer }] : [],
    );
    const { heartbeatDetails } = Context.current().info;
    const mutated = await keepAlive(
      () => heartbeatDetails,
      () => proposeMutations(session, mutations),
    );
    for (const one of mutated) prepared.set(one.experiment, one);
    const left: Allowance = { dollars: request.dollarsLeft, tokens: request.tokensLeft };
    let allowance = [...prepared.values()].reduce((rest, { usage }) => spend(rest, usage), left);
    const asked = wanted.flatMap(({ experiment, proposer }) =>
      proposer.kind === 'mutate' ? [] : [{ experiment, proposer }],
    );
    for (const one of asked) {
      const result = await proposeOne(session, one, allowance);
      prepared.set(result.experiment, result);
      allowance = spend(allowance, result.usage);
    }
    return request.experiments.flatMap((experiment) => prepared.get(experiment) ?? []);
  };
};
