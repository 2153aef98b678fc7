import { Context } from '@temporalio/activity';
import type { ControlActivities, ProposeRequest } from '../../contract/activities.js';
import type { Move } from '../../contract/mechanism.js';
import type { Prepared, Usage } from '../../contract/proposal.js';
import type { Proposer } from '../../contract/task-schema.js';
import { chooseProposer } from '../../domain/proposers/choose-proposer.js';
import type { Deps } from '../deps.js';
import { keepAlive } from '../keep-alive.js';
import { proposeByAgent } from './command/propose-by-agent.js';
import { repetition } from './commit-drafts.js';
import type { Draft } from './draft.js';
import { readKnown, recognise } from './known-candidates.js';
import { createMutations } from './mutations.js';
import type { Allowance } from './openai/meter.js';
import { paidBy } from './openai/paid.js';
import { proposeByModel } from './openai/propose-by-model.js';
import { prepare } from './prepare.js';
import type { InformedSession, Session } from './session.js';
import { triedTrees } from './tried-trees.js';
import { rememberSnapshots } from './snapshot.js';
import { proposeMoves } from './steered/propose-moves.js';
import { steeredBy } from './steered/steered-by.js';
import { proposeWritten } from './propose-written.js';
import { proposeBySweep } from './sweep/propose-by-sweep.js';

interface Drawn {
  experiment: number;
  proposer: Proposer;
}

type Agent = Extract<Proposer, { kind: 'command' }>;

interface Wanted extends Drawn {
  /** the candidate itself, where a mechanism names it */
  moves: readonly Move[] | undefined;
}

const reduced = (left: number | null, spent: number): number | null =>
  left === null ? null : Math.max(0, left - spent);

/** What an earlier attempt has committed; a mutation that repeats another experiment is drawn again instead. */
const finished = async (session: InformedSession, experiments: readonly number[]): Promise<Prepared[]> => {
  const { request, known } = session;
  const ready = experiments.flatMap((experiment) => {
    const info = known.byExperiment.get(experiment);
    return (info && recognise(request, experiment, info)) ?? [];
  });
  if (ready.length === 0) return [];
  const tried = await triedTrees(
    session,
    ready.map(({ tree }) => tree),
  );
  return ready.flatMap((one): Prepared[] => {
    const again = repetition(session, tried, one);
    if (again === null) return [one];
    const { experiment, proposer, usage } = one;
    return proposer === 'mutate' ? [] : [{ experiment, proposer, usage, ...again }];
  });
};

const ask = async (
  session: Session,
  { experiment, proposer, moves }: Wanted,
  allowance: Allowance,
): Promise<Draft> => {
  if (moves !== undefined) return proposeMoves(session, moves, experiment);
  const { written } = session.request;
  if (written !== undefined) return proposeWritten(written, experiment);
  if (proposer.kind === 'sweep') return await proposeBySweep(session, proposer, experiment);
  return proposer.kind === 'openai'
    ? await proposeByModel(session, proposer, { experiment, allowance })
    : await proposeByAgent(session, proposer as Agent, experiment);
};

/** Asks a model or an agent program for one experiment, and commits its answer before anybody else is asked. */
const proposeOne = async (session: Session, wanted: Wanted, allowance: Allowance): Promise<Prepared> => {
  const draft = await ask(session, wanted, allowance);
  return await keepAlive(
    () => paidBy(wanted.experiment, draft.usage),
    async () => {
      // others may have committed the same files in the meantime
      const known = await readKnown(session.repository, session.request);
      const informed = { ...session, known };
      // a loop that was reset asks for what it has had: its refs must not move
      const [before] = await finished(informed, [wanted.experiment]);
      return before === undefined ? await prepare(informed, draft) : { ...before, usage: draft.usage };
    },
  );
};

/** Whether the repository has to be read before anybody is asked; mostly it is enough before the answer is committed. */
const isKnowledgeNeeded = (drawn: readonly Drawn[]): boolean =>
  Context.current().info.attempt > 1 || drawn.some(({ proposer }) => proposer.kind === 'mutate');

const spend = (allowance: Allowance, usage: Usage): Allowance => ({
  dollars: reduced(allowance.dollars, usage.dollars),
  tokens: reduced(allowance.tokens, usage.inputTokens + usage.outputTokens),
});

/** Proposals for experiments: who proposes is drawn by weight; each candidate is checked, committed and compared. */
export const createPropose = (deps: Deps): ControlActivities['propose'] => {
  const snapshotOf = rememberSnapshots();
  const proposeMutations = createMutations();

  const withSteering = async (session: Session, one: Prepared): Promise<Prepared> => {
    const { repository, request } = session;
    const after =
      one.status === 'ready' ? await snapshotOf(repository, { ...request, base: one.commit }) : null;
    const steering = steeredBy(session, one, after?.texts ?? null);
    return steering === null ? one : { ...one, steering };
  };

  const withoutAsking = async (session: Session, drawn: readonly Drawn[]): Promise<Prepared[]> => {
    const { repository, request } = session;
    const informed = { ...session, known: await readKnown(repository, request) };
    const before = await finished(informed, request.experiments);
    const done = new Set(before.map(({ experiment }) => experiment));
    const isMoved = request.method?.guidance.directive?.move !== undefined;
    const mutations = drawn.flatMap(({ experiment, proposer }) =>
      proposer.kind === 'mutate' && !isMoved && !done.has(experiment) ? [{ experiment, proposer }] : [],
    );
    const { heartbeatDetails } = Context.current().info;
    const mutated = await keepAlive(
      () => heartbeatDetails,
      () => proposeMutations(informed, mutations),
    );
    return [...before, ...mutated];
  };

  return async (request: ProposeRequest) => {
    if (request.experiments.length === 0) return [];
    const repository = await deps.openRepository(request.source.repository);
    const session: Session = { deps, request, repository, snapshot: await snapshotOf(repository, request) };
    const directive = request.method?.guidance.directive;
    const moves = directive?.move;
    const drawn = request.experiments.map((experiment) => ({
      experiment,
      proposer: chooseProposer(request.task, experiment, directive?.operator),
    }));
    const unasked = isKnowledgeNeeded(drawn) ? await withoutAsking(session, drawn) : [];
    const prepared = new Map(unasked.map((one) => [one.experiment, one]));
    const left: Allowance = { dollars: request.dollarsLeft, tokens: request.tokensLeft };
    let allowance = unasked.reduce((rest, { usage }) => spend(rest, usage), left);
    for (const { experiment, proposer } of drawn) {
      if ((proposer.kind === 'mutate' && moves === undefined) || prepared.has(experiment)) continue;
      const result = await proposeOne(session, { experiment, proposer, moves }, allowance);
      prepared.set(result.experiment, result);
      allowance = spend(allowance, result.usage);
    }
    const all = request.experiments.flatMap((experiment) => prepared.get(experiment) ?? []);
    return request.method === undefined
      ? all
      : await Promise.all(all.map((one) => withSteering(session, one)));
  };
};
