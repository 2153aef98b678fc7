import type { HoldoutRule } from '../../contract/audit.js';
import type { Vault } from '../../contract/vault-schema.js';
import { laplace } from '../../domain/holdout/laplace.js';

/** Uniform in [0, 1) from a keyed hash: drawn by the steward alone, and the same after a restart. */
const uniform = (digest: (text: string) => string, name: string): number =>
  Number.parseInt(digest(name).slice(0, 12), 16) / 2 ** 48;

/** The rule by which a vault answers a question, with the noise that belongs to it. */
export const ruleOf = (
  vault: Exclude<Vault, { kind: 'reserve' }>,
  question: { id: string; claimed: number | null },
  digest: (text: string) => string,
): HoldoutRule => {
  const { eps } = vault;
  if (vault.kind === 'generator')
    return { name: 'sequential', alpha: vault.alpha, eps, ...vault.pairs, worst: vault.worst ?? null };
  if (vault.mechanism === 'ladder-free') return { name: 'ladder-free', z: vault.z, eps };
  const draw = (name: string, scale: number): number =>
    laplace(uniform(digest, `${question.id}/${name}`), scale);
  return {
    name: 'thresholdout',
    eps,
    claimed: question.claimed ?? 0,
    threshold: vault.threshold + draw('threshold', 2 * vault.noise),
    comparison: draw('comparison', 4 * vault.noise),
    answer: draw('answer', vault.noise),
  };
};
