/** Numbers as people read them; plain arithmetic, the same on every machine and in a replay. */

const MINUS = '−';

/** A metric's value with about six significant digits: 0.997900, 2.635863, 1.3e-5, 625; null is an en dash. */
export function formatValue(value: number | null): string {
  if (value === null) return '–';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return String(value);
  if (size < 1e-3 || size >= 1e9) return trimExponent(value.toExponential(4));
  const magnitude = Math.floor(Math.log10(size));
  return value.toFixed(magnitude >= 1 ? Math.max(1, 5 - magnitude) : magnitude === 0 ? 6 : 5 - magnitude);
}

/** A spread or a threshold: two significant digits say all there is. */
export function formatSpread(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** A share as a percentage: 0.05 is 5 %. */
export function formatShare(share: number): string {
  return `${formatSpread(100 * share)} %`;
}

function trimExponent(text: string): string {
  const [digits = '', exponent = '0'] = text.split('e');
  return `${digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits}e${exponent.replace('+', '')}`;
}

/** A relative gain (0.0123 is 1.23 % better; negative is worse) in percent, with its sign. */
export function formatGain(relative: number | null): string {
  if (relative === null || Number.isNaN(relative)) return '–';
  const sign = relative < 0 ? MINUS : '+';
  const percent = Math.abs(relative) * 100;
  if (percent === 0) return '0 %';
  if (!Number.isFinite(percent)) return `${sign}∞ %`;
  if (percent >= 1e6) return `${sign}${trimExponent(percent.toExponential(1))} %`;
  if (percent < 0.001) return `${sign}${trimExponent(percent.toExponential(1))} %`;
  if (percent < 100 && percent > 99.9) return `${sign}>99.9 %`;
  return `${sign}${percent.toFixed(percent >= 100 ? 0 : percent >= 10 ? 1 : percent >= 0.1 ? 2 : 3)} %`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds as 420ms, 4.2s, 42s, 3m 05s, 2h 07m, 3d 04h. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  if (seconds === 0) return '0s';
  if (seconds < 0.9995) return `${String(Math.max(1, Math.round(seconds * 1000)))}ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)}s`;
  if (whole < 3600) return `${String(Math.floor(whole / 60))}m ${two(whole % 60)}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 1440) return `${String(Math.floor(minutes / 60))}h ${two(minutes % 60)}m`;
  const hours = Math.floor(minutes / 60);
  return `${String(Math.floor(hours / 24))}d ${two(hours % 24)}h`;
}

/** 1234567 as 1,234,567. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 run`, `1,200 runs`, `0.5 device hours`. */
export function counted(value: number, noun: string): string {
  return `${Number.isInteger(value) ? formatCount(value) : String(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Dollars with two digits, more where two would hide the amount. */
export function formatDollars(dollars: number): string {
  if (dollars === 0 || dollars >= 0.1) return `$${dollars.toFixed(2)}`;
  return dollars < 0.0001 ? '<$0.0001' : `$${dollars.toFixed(4)}`;
}
