import type { LoopStatus } from '../../contract/loop.js';

/** Finished experiments by time, in the unit that keeps the figure readable: 4.2/min, 12/h, 31/s. */
export function rateText({ spent, elapsedSeconds }: Pick<LoopStatus, 'spent' | 'elapsedSeconds'>): string {
  if (spent.experiments <= 0 || elapsedSeconds <= 0) return '';
  const perSecond = spent.experiments / elapsedSeconds;
  if (perSecond >= 2) return `${digits(perSecond)}/s`;
  return perSecond * 60 >= 1 ? `${digits(perSecond * 60)}/min` : `${digits(perSecond * 3600)}/h`;
}

const digits = (value: number): string => (value >= 10 ? String(Math.round(value)) : value.toFixed(1));
