/** The mechanisms by which a suite can be asked often, as benchmarks and tests use them. */
export { bitsOf, descriptionLengthBound, logTranscriptsExactly } from './bit-budget.js';
export { ladder, theoreticalStep, type LadderState } from './ladder.js';
export { passesLadder } from './ladder-free.js';
export { openThresholdout, thresholdout } from './thresholdout.js';
