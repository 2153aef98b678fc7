export { researchLoop } from './research-loop/research-loop.js';
