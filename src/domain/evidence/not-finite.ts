/** A difference that is no number is an accident of the measurement, not evidence: the caller must say what it means. */
export class NotFinite extends RangeError {
  override readonly name = 'NotFinite';
}

/** The value itself, or NotFinite with its name in the message. */
export const finite = (value: number, what: string): number => {
  if (!Number.isFinite(value)) throw new NotFinite(`${what} is ${String(value)}, not a finite number`);
  return value;
};

/** The same for a scale: sd, effect or bound, which must be above 0. */
export const positive = (value: number, what: string): number => {
  if (finite(value, what) <= 0) throw new NotFinite(`${what} is ${String(value)}; it must be above 0`);
  return value;
};
