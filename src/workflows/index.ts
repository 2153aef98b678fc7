export { researchLoop } from './research-loop/research-loop.js';
export { noiseStudy } from './noise/noise-study.js';
export { ablation } from './ablation/ablation.js';
export { evaluatorEpoch } from './epoch/evaluator-epoch.js';
