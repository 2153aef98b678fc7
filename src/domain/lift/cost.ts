import type { MeasuredSystem } from './value.js';

/** What a system used, in the units that it is billed in. */
export interface Usage {
  gpuSeconds: number;
  tokens: number;
}

export interface CostTerms {
  /** GPU-seconds that one token is worth */
  price: number;
  /** what the lift's own search used */
  search: Usage;
  /** runs that the search is spread over: 1 for the all-in rent, Infinity for the marginal rent */
  amortisation: number;
}

const inSeconds = ({ gpuSeconds, tokens }: Usage, price: number): number => gpuSeconds + price * tokens;

/** GPU-seconds of a system: gpuSec + price tokens, and the lift's own search over N. */
export const costOf = (used: Usage, { price, search, amortisation }: CostTerms): MeasuredSystem['cost'] =>
  inSeconds(used, price) + inSeconds(search, price) / amortisation;
