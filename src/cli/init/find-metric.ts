import type { FolderView } from './folder-view.js';

export interface FoundMetric {
  name: string;
  direction: 'minimize' | 'maximize';
  /** whether the name says which way is better */
  sure: boolean;
  because: string;
}

const SMALLER =
  /loss|err|mse|mae|rmse|bpb|bits|ppl|perplexity|time|(?<!per_)seconds|(?<!per)_m?s$|latency|bytes|size|cost|regret|memory/i;
const LARGER =
  /acc|score|f1|auc|throughput|per_s|speed|ops|reward|r2|bleu|iou|psnr|radius|radii|sum|fitness|gain/i;

const PATTERNS = [
  /METRIC[:\s]\s*([A-Za-z_][\w.-]*)=/,
  /(?:print|echo|printf|console\.log)\b[^\n]*?["'`](?:---\\n)?([A-Za-z_][\w.-]*):\s*(?:\{|\$\{|%|["'`]\s*,|\$)/,
];

/** The name in a line that prints a metric, best sign first. */
const printed = (text: string): { name: string; line: number; sign: number }[] =>
  text.split('\n').flatMap((line, index) =>
    PATTERNS.flatMap((pattern, sign) => {
      const name = pattern.exec(line)?.[1];
      return name === undefined ? [] : [{ name, line: index + 1, sign }];
    }),
  );

const rank = (name: string): number =>
  name === 'val_bpb' ? 0 : name.startsWith('val') ? 1 : SMALLER.test(name) || LARGER.test(name) ? 2 : 3;

/** Finds the metric that some file prints; files are looked at in the order given. */
export const findMetric = (view: FolderView, files: readonly string[]): FoundMetric | null => {
  for (const file of files) {
    const found = printed(view.text(file)).sort((a, b) => a.sign - b.sign || rank(a.name) - rank(b.name));
    const best = found[0];
    if (best === undefined) continue;
    const smaller = SMALLER.test(best.name);
    return {
      name: best.name,
      direction: smaller || !LARGER.test(best.name) ? 'minimize' : 'maximize',
      sure: smaller !== LARGER.test(best.name),
      because: `printed at ${file}:${String(best.line)}`,
    };
  }
  return null;
};
