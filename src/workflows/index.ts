export { researchLoop } from './research-loop/research-loop.js';
export { noiseStudy } from './noise/noise-study.js';
