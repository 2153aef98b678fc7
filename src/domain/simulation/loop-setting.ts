import type { Mechanism } from '../../contract/mechanism.js';
import type { Instance } from './instance.js';
import type { Parameters } from './parameters.js';
import type { PriorKind } from './prior.js';

/** One research loop of the benchmark. */
export interface LoopSetting {
  instance: Instance;
  prior: PriorKind;
  parameters: Parameters;
  /** null: nobody is asked */
  mechanism: Mechanism | null;
  /** trials after which the proposer forgets what it saw, as when a mechanism is injected; null: never */
  resets: number | null;
  /** experiments */
  T: number;
  /** noise of one run */
  sigma: number;
  /** experiments between two tests of branch + promote; null: the rule `floor` judges each by one run */
  promoteEvery: number | null;
}

export const RESETS = 10;

/** What a loop of the specification's benchmark is, unless said otherwise. */
export const PLAIN: Omit<LoopSetting, 'instance' | 'parameters'> = {
  prior: 'deceptive',
  mechanism: null,
  resets: null,
  T: 30,
  sigma: 0.02,
  promoteEvery: null,
};
