import type { HoldoutRule } from '../../contract/audit.js';
import type { Vault } from '../../contract/vault-schema.js';
import { laplace } from '../../domain/holdout/laplace.js';
import { tailGuard } from '../../domain/holdout/tail.js';

/** Uniform in [0, 1) from a keyed hash: drawn by the steward alone, and the same after a restart. */
const uniform = (digest: (text: string) => string, name: string): number =>
  Number.parseInt(digest(name).slice(0, 12), 16) / 2 ** 48;

export interface RuledQuestion {
  /** hash of the record that fixed the candidate: nobody knows it before, and the noise is a keyed hash of it */
  id: string;
  /** in units of the task's metric */
  claimed: number | null;
  /** noised threshold that is still in force */
  standing: number | null;
}

/** A claim in units of the vault's metric. */
const inVaultUnits = (claimed: number, { unit, claimUnit }: Pick<Vault, 'unit' | 'claimUnit'>): number =>
  unit === undefined || claimUnit === undefined ? claimed : (claimed / claimUnit) * unit;

/** The rule by which a vault answers a question, with the noise that belongs to it. */
export const ruleOf = (
  vault: Exclude<Vault, { kind: 'reserve' }>,
  question: RuledQuestion,
  digest: (text: string) => string,
): HoldoutRule => {
  const { eps } = vault;
  const leavesOut = 'both-failed';
  if (vault.kind === 'generator') {
    const rule = { name: 'sequential', alpha: vault.alpha, eps, ...vault.pairs, leavesOut } as const;
    const worst = vault.worst ?? null;
    return vault.tail === 'open' ? { ...rule, worst } : { ...rule, worst, tail: tailGuard(worst) };
  }
  if (vault.mechanism === 'ladder-free') return { name: 'ladder-free', z: vault.z, eps, leavesOut };
  const draw = (name: string, scale: number): number =>
    laplace(uniform(digest, `${question.id}/${name}`), scale);
  return {
    name: 'thresholdout',
    eps,
    claimed: inVaultUnits(question.claimed ?? 0, vault),
    threshold: question.standing ?? vault.threshold + draw('threshold', 2 * vault.noise),
    comparison: draw('comparison', 4 * vault.noise),
    answer: draw('answer', vault.noise),
    leavesOut,
  };
};
