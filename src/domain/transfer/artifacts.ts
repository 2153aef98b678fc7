import type { Artifact, KeptChange, TransferPlan } from '../../contract/transfer.js';

/** The branch at a kept change; 0: as it was before all of them. */
export const atChange = (experiment: number): string => `at ${String(experiment)}`;

/** What stands, less one of its changes. */
export const withoutChange = (stands: number, experiment: number): string =>
  `${String(stands)} without ${String(experiment)}`;

/** One artifact beside another that lacks something: a change, in its place or at the end, or all of them. */
export interface Comparison {
  kind: 'whole' | 'step' | 'left out';
  /** the kept change; for the whole the last of them */
  experiment: number;
  with: string;
  without: string;
}

type Changes = Pick<TransferPlan, 'changes'>;

/** Everything that kept changes say of themselves, in the order of the branch. */
export const comparisonsOf = ({ changes }: Changes): Comparison[] => {
  const last = changes.at(-1)?.experiment ?? 0;
  const whole: Comparison = { kind: 'whole', experiment: last, with: atChange(last), without: atChange(0) };
  const steps = changes.map(({ experiment }, at): Comparison => {
    const before = changes[at - 1]?.experiment ?? 0;
    return { kind: 'step', experiment, with: atChange(experiment), without: atChange(before) };
  });
  const left = changes.slice(0, -1).map(({ experiment }): Comparison => ({
    kind: 'left out',
    experiment,
    with: atChange(last),
    without: withoutChange(last, experiment),
  }));
  return [whole, ...steps, ...left];
};

/** Those that were asked for. */
export const chosenChanges = (plan: Changes, only?: readonly number[]): KeptChange[] =>
  plan.changes.filter(({ experiment }) => only?.includes(experiment) ?? true);

/** The branch's states that the comparisons of these changes, and the whole, are made of; in the order of the branch. */
export const branchArtifacts = (
  { changes, source }: Pick<TransferPlan, 'changes' | 'source'>,
  only?: readonly number[],
): Artifact[] => {
  const wanted = new Set(
    comparisonsOf({ changes })
      .filter(
        ({ kind, experiment }) =>
          kind === 'whole' || (kind === 'step' && (only?.includes(experiment) ?? true)),
      )
      .flatMap((one) => [one.with, one.without]),
  );
  const all: Artifact[] = [
    { name: atChange(0), experiment: 0, commit: source.baseCommit },
    ...changes.map(({ experiment, after }) => ({ name: atChange(experiment), experiment, commit: after })),
  ];
  return all.filter(({ name }) => wanted.has(name));
};

/** Changes that can be left out of what stands: without the last one it is what stood before. */
export const leftOutChanges = (plan: Changes, only?: readonly number[]): KeptChange[] => {
  const last = plan.changes.at(-1);
  return chosenChanges(plan, only).filter((change) => change !== last);
};
