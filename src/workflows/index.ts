export { researchLoop } from './research-loop/research-loop.js';
export { noiseStudy } from './noise/noise-study.js';
export { ablation } from './ablation/ablation.js';
export { askHosts } from './fleet/ask-hosts.js';
export { transferStudy } from './transfer/transfer-study.js';
export { evaluatorEpoch } from './epoch/evaluator-epoch.js';
