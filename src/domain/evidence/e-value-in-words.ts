import { formatSpread } from '../format.js';

/** An e-value in few digits. */
export const eValueInWords = (logE: number): string =>
  logE > Math.log(1e6) ? 'more than 1e6' : formatSpread(Math.exp(logE));
