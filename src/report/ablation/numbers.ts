import type { Paired } from '../../domain/ablation/paired.js';

const MINUS = '−';

export const plain = (value: number | null): string =>
  value === null ? '–' : value.toFixed(3).replace('-', MINUS);

/** With its sign, as differences are read. */
export const signed = (value: number | null): string => {
  if (value === null) return '–';
  const text = Math.abs(value).toFixed(3);
  return Number(text) === 0 ? '0' : `${value < 0 ? MINUS : '+'}${text}`;
};

export const intervalText = ({ interval }: Pick<Paired, 'interval'>): string =>
  interval === null ? '–' : `[${signed(interval.low)}, ${signed(interval.high)}]`;

export const chanceText = (p: number): string => (p < 0.001 ? '<.001' : p.toFixed(3).replace(/^0/, ''));

/** An e-value, 1 on average where there is no difference. */
export const evidenceText = ({ e, n }: Pick<Paired, 'e' | 'n'>): string =>
  n === 0 ? '–' : e >= 1000 ? '>1000' : e >= 10 ? e.toFixed(0) : e.toFixed(2);

export const effectText = ({ effect, n, sd }: Pick<Paired, 'effect' | 'n' | 'sd'>): string =>
  effect === null ? (n > 1 && sd === 0 ? 'all equal' : '–') : signed(effect);
