export { BranchMoved } from './advance-branch.js';
export { blobId } from './blob-id.js';
export type { Candidate, CommittedCandidate } from './candidate.js';
export { editableMatcher } from './editable-matcher.js';
export { type Location, locate } from './locate-task.js';
export { checkRefName } from './ref-name.js';
export { remember } from './remember.js';
export { openRepository, type Repository } from './repository.js';
export type { TreeFile } from './tree-file.js';
