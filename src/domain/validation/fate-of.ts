import type { HoldoutAnswer, InvalidReason } from '../../contract/steward.js';

/**
 * What an answer means for a would-be keep. `spent`: nobody can confirm anything any more. `mend`: the question was
 * never put to the vault, and a person can change that.
 */
export type Fate = 'confirmed' | 'unconfirmed' | 'spent' | 'mend';

const OF_INVALID: Readonly<Record<InvalidReason, Fate>> = {
  scorer_failed: 'unconfirmed',
  leak: 'unconfirmed',
  budget_spent: 'spent',
  burnt: 'mend',
  bad_question: 'mend',
  unknown_vault: 'mend',
  not_sealed: 'mend',
  vault_changed: 'mend',
  not_pinned: 'mend',
  reserve: 'mend',
  no_commit: 'mend',
  no_sandbox: 'mend',
};

/** The burden of proof is on the change: only `pays` confirms it, and `undecided` is no half a yes. */
export const fateOf = ({ verdict, reason }: Pick<HoldoutAnswer, 'verdict' | 'reason'>): Fate => {
  switch (verdict) {
    case 'pays':
      return 'confirmed';
    case 'flat':
    case 'harmful':
    case 'undecided':
      return 'unconfirmed';
    case 'invalid':
      return reason === null ? 'unconfirmed' : OF_INVALID[reason];
  }
};
