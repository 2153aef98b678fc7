import { fisherCdf } from '../distributions/fisher-f.js';
import { mean } from '../statistics.js';

/** Chance of means this far apart if all groups measured the same: one-way analysis of variance; null without freedom. */
export const devicesDiffer = (groups: readonly (readonly number[])[]): number | null => {
  const used = groups.filter((group) => group.length > 0);
  const all = used.flat();
  const [d1, d2] = [used.length - 1, all.length - used.length];
  if (d1 < 1 || d2 < 1) return null;
  const centre = mean(all);
  const between = used.reduce((sum, group) => sum + group.length * (mean(group) - centre) ** 2, 0) / d1;
  const within = used.flatMap((group) => group.map((value) => (value - mean(group)) ** 2));
  const spread = within.reduce((sum, value) => sum + value, 0) / d2;
  if (spread === 0) return between === 0 ? 1 : 0;
  return 1 - fisherCdf(between / spread, d1, d2);
};
