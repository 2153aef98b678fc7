import { counted, formatDuration, formatSpread, formatValue, formatShare } from '../../domain/format.js';
import { isContestRule } from '../../domain/contest/contest-rules.js';
import { drifts } from '../../domain/noise/drift.js';
import type { FalseKeeps } from '../../domain/noise/false-keeps.js';
import type { NoiseReport, SelfTest } from '../../domain/noise/noise-report.js';
import type { DeviceNoise, NoiseStudy } from '../../domain/noise/read-noise.js';
import type { Recommendation } from '../../domain/noise/recommend.js';
import { cleanLine } from '../clean-text.js';

const relative = (effect: number, mean: number): string =>
  mean === 0 ? '' : ` (${formatShare(effect / Math.abs(mean))} of the score)`;

const chance = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${formatSpread(p)}`);

const scatter = (noise: DeviceNoise): string => {
  const { sigma, mean, runs, seeds, still, failed } = noise;
  const from = `${counted(runs - failed, 'run')} on ${counted(seeds, 'seed')}`;
  return still
    ? `No noise: ${from}, every one ${formatValue(mean)}.`
    : `One run scatters by σ = ${formatSpread(sigma)}${relative(sigma, mean)} around ${formatValue(mean)}; ${from}.`;
};

const sharing = ({ shared, pairSd, sigma, seedDecides, still }: DeviceNoise): string[] => {
  if (still || shared === null) return [];
  if (seedDecides)
    return [
      'The seed decides everything: on one seed the artifact gives one value. A changed artifact need not move along with it.',
    ];
  const [low, high] = shared.interval;
  const between = `ρ = ${formatSpread(shared.rho)} [${formatSpread(low)}, ${formatSpread(high)}]`;
  const saved = sigma === 0 ? 1 : (2 * sigma * sigma) / Math.max(pairSd * pairSd, 1e-300);
  return low > 0
    ? [
        `Runs of one seed are alike, ${between}: pairs on shared seeds need up to ${formatSpread(saved)} times fewer runs. ` +
          'A changed artifact is less alike than a copy, so this is the most that pairing can save.',
      ]
    : [`Shared seeds do not help measurably, ${between}: is AUTOLIFT_SEED read by the task?`];
};

const drifting = ({ drift, still }: DeviceNoise): string[] => {
  if (still || drift.p === null) return [];
  return drifts(drift)
    ? [
        `It drifts: ${formatSpread(drift.total)} from the first run to the last, ${formatSpread(drift.perRun)} a run, ${chance(drift.p)}.`,
      ]
    : [`No drift is seen over the runs (${formatSpread(drift.total)}, ${chance(drift.p)}).`];
};

const failing = ({ failed, runs }: DeviceNoise): string[] =>
  failed === 0 ? [] : [`${String(failed)} of ${counted(runs, 'run')} of the unchanged artifact failed.`];

const classText = (noise: NoiseStudy['classes'][number]): string[] => {
  const { device, devices, differ, still } = noise;
  const each = devices.map(
    (one) =>
      `    ${cleanLine(one.device)}: ${formatValue(one.mean)}, σ ${formatSpread(one.sigma)}, ${counted(one.runs, 'run')}`,
  );
  const apart =
    differ === null || still
      ? []
      : [
          `  Its devices ${differ < 0.01 ? 'measure differently' : 'measure alike'}, ${chance(differ)}:`,
          ...each,
        ];
  const lines = [scatter(noise), ...sharing(noise), ...drifting(noise), ...failing(noise)];
  return [cleanLine(device), ...lines.map((line) => `  ${line}`), ...apart];
};

const yaml = (acceptance: Recommendation['acceptance']): string =>
  `acceptance: { ${Object.entries(acceptance)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(', ')} }`;

/** What crashes mean for a loop's start; nothing where there were none. */
const starting = ({ crashing, share }: NoiseReport['starts']): string[] => {
  if (crashing === 0) return [];
  const but = `; with task.yaml as it is ${formatShare(share.asked)}`;
  return [
    `Loops start from it ${formatShare(share.recommended)} of the time${share.asked === share.recommended ? '' : but}: the first run must go well, a later one that crashes is made up for on another seed, and fewer than half may. Mend the crash to start always; other repeats hardly help.`,
  ];
};

const recommended = (report: NoiseReport): string[] => {
  if (report.starts.refusal !== null) return ['No acceptance is recommended', `  ${report.starts.refusal}.`];
  const { acceptance, reasons, smallest, affordable, sights } = report.recommendation;
  const mean = report.study.classes.find(({ device }) => device === report.device)?.mean ?? 0;
  const { pairs, candidates, runs } = affordable;
  const judged = acceptance.rule === 'branch+promote' ? 'promotion test' : 'candidate';
  const seen =
    smallest === 0
      ? []
      : smallest === null
        ? [
            `The budget pays for ${String(runs ?? 0)} runs: ${pairs < 1 ? 'not one pair' : `${counted(pairs, 'pair')}, which show nothing,`} for each of ${counted(candidates, judged)}. Give it more time or fewer experiments.`,
          ]
        : [
            `Smallest gain that the budget can see: ${formatSpread(smallest)}${relative(smallest, mean)}, ` +
              `with ${counted(pairs, 'pair')} for each of ${counted(candidates, judged)}.`,
          ];
  const table =
    sights.length === 0
      ? []
      : [
          `  pairs               ${sights.map(({ pairs: n }) => String(n).padStart(8)).join('')}`,
          `  smallest gain seen  ${sights.map(({ effect }) => (effect === null ? '–' : formatSpread(effect)).padStart(8)).join('')}`,
        ];
  return [
    'Recommended',
    `  ${yaml(acceptance)}`,
    ...reasons.map((why) => `  - ${why}`),
    ...[...starting(report.starts), ...seen].map((line) => `  ${line}`),
    ...table,
  ];
};

const rateText = ({ rate, interval, kept, clones, meanRuns }: FalseKeeps, whom = 'copy'): string =>
  `${formatShare(rate)} [${formatShare(interval[0])}, ${formatShare(interval[1])}] kept (${String(kept)} of ${counted(clones, whom).replace('copys', 'copies').replace('batchs', 'batches')}), ${formatSpread(meanRuns)} runs each`;

const selfTestText = (test: SelfTest): string[] =>
  test.refusal === null ? ratesText(test) : [`Self-test: no loop starts. ${test.refusal}.`];

/** What to do about a drift that a rule does not stand. */
const againstDrift = ({ perRun, holds, instead }: SelfTest): string[] => {
  if (perRun === null || holds) return [];
  const paired =
    instead === null || !instead.holds
      ? ''
      : ', or take the recommended rule, which compares runs made one after the other';
  return [
    `  Under this drift (${formatSpread(perRun)} a run) a score is out of date a few runs later: mend the drift${paired}.`,
  ];
};

const ratesText = (test: SelfTest): string[] => {
  const { rule, simulated, perRun, real, instead, holds } = test;
  const how =
    perRun === null
      ? 'resampled'
      : "resampled, with the drift in the order of a loop's runs, whichever way it goes";
  return [
    `Copies of the incumbent under ${rule}; at most ${formatShare(simulated.target)} may be kept, as in a loop (acceptance.falseKeeps, or --target)`,
    `  ${how}: ${rateText(simulated, isContestRule(rule) ? 'batch' : 'copy')}`,
    ...(real === null ? [] : [`  real runs: ${rateText(real)}`]),
    holds
      ? '  The rule keeps no more copies than it may.'
      : '  It keeps more than it may: much of what it would call progress is noise.',
    ...againstDrift(test),
    ...(instead === null ? [] : [`  With the recommended acceptance: ${rateText(instead)}`]),
  ];
};

/** What a noise study says, for people. */
export const noiseText = (report: NoiseReport): string => {
  const runs = report.result.runs.length;
  const seconds = report.result.runs.reduce((sum, run) => sum + run.seconds, 0);
  const head = `${cleanLine(report.task)}: the noise of ${cleanLine(report.metric.name)}, ${counted(runs, 'run')}, ${formatDuration(seconds)} of device time`;
  const parts = [
    [head],
    ...report.study.classes.map(classText),
    recommended(report),
    ...(report.selfTest === null ? [] : [selfTestText(report.selfTest)]),
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
};
