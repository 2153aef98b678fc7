import type { ProposeRequest } from '../../contract/activities.js';
import type { Repository } from '../../storage/git/index.js';
import type { Deps } from '../deps.js';
import type { KnownCandidates } from './known-candidates.js';
import type { Snapshot } from './snapshot.js';

/** One call of `propose`: what all of its steps need. */
export interface Session {
  deps: Deps;
  request: ProposeRequest;
  repository: Repository;
  snapshot: Snapshot;
}

/** With what the repository knew a moment ago: whatever is committed is compared with that. */
export interface InformedSession extends Session {
  known: KnownCandidates;
}
