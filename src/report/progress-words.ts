import type { RunProgress } from '../contract/run-schema.js';
import { formatDuration, formatSpread, formatValue } from '../domain/format.js';

type Told = Pick<RunProgress, 'step' | 'loss' | 'tokensPerSecond'>;

/** A mean over a batch is not known to six digits. */
const shortLoss = (loss: number): string =>
  formatValue(Number(loss.toPrecision(4))).replace(/(\.\d*?)0+$/, '$1');

/** How far a run is, by its own words: `step 120, loss 2.31, 51k tokens/s`; "" where it says nothing. */
export const progressWords = ({ step, loss, tokensPerSecond }: Told): string =>
  [
    step == null ? '' : `step ${String(step)}`,
    loss == null ? '' : `loss ${shortLoss(loss)}`,
    tokensPerSecond == null ? '' : `${speed(tokensPerSecond)} tokens/s`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const speed = (perSecond: number): string =>
  perSecond >= 1e6
    ? `${formatSpread(perSecond / 1e6)}M`
    : perSecond >= 1e3
      ? `${formatSpread(perSecond / 1e3)}k`
      : formatSpread(perSecond);

const gibibytes = (bytes: number): string => `${formatSpread(bytes / 2 ** 30)} GiB`;

/** The same, with where it runs and what it has cost there so far. */
export const whereabouts = (progress: RunProgress): string =>
  [
    progress.phase,
    progress.attempt == null
      ? ''
      : `on ${progress.attempt.host} ${progress.attempt.device} for ${formatDuration(Math.round(progress.attempt.seconds))}`,
    progressWords(progress),
    progress.deviceMemoryBytes == null ? '' : `${gibibytes(progress.deviceMemoryBytes)} on the device`,
    progress.checkpoint?.step == null ? '' : `checkpoint of step ${String(progress.checkpoint.step)}`,
    progress.earlier === undefined || progress.earlier.length === 0
      ? ''
      : `attempt ${String(progress.earlier.length + 1)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
