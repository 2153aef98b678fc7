/** Mean loss of each part of the budget, as far as a run came; null where it told none. */
export type Curve = readonly (number | null)[];

/** Parts of a budget: as many as `CURVE_CELLS` of the contract. */
export const CELLS = 40;

export interface StopRule {
  /** share of the budget before which nothing is stopped */
  after: number;
  /** how far behind at equal time is too far, as a share of the incumbent's loss */
  margin: number;
  /** parts of the budget in a row that it must be behind in */
  cells: number;
}

/** Where a run was given up, and the two losses there. */
export interface Behind {
  share: number;
  loss: number;
  incumbent: number;
}

interface Point {
  cell: number;
  loss: number;
}

const pointsOf = (curve: Curve): Point[] =>
  curve.flatMap((loss, at) => (loss === null ? [] : [{ cell: at + 1, loss }]));

/** Between known parts on the line between them; it stays after the last; null before the first. */
const valueAt = (points: readonly Point[], cell: number): number | null => {
  const left = points.findLast((one) => one.cell <= cell);
  const right = points.find((one) => one.cell > cell);
  if (left === undefined) return null;
  if (right === undefined || left.cell === cell) return left.loss;
  return left.loss + ((right.loss - left.loss) * (cell - left.cell)) / (right.cell - left.cell);
};

/** Loss a part, by least squares over the second half of what was run, and never upwards. */
const slopeOf = (known: readonly Point[], last: number): number => {
  const points = known.filter(({ cell }) => cell > last / 2);
  const sum = (of: (point: Point) => number): number => points.reduce((total, point) => total + of(point), 0);
  const x = sum(({ cell }) => cell) / points.length;
  const y = sum(({ loss }) => loss) / points.length;
  const squares = sum(({ cell }) => (cell - x) * (cell - x));
  const products = sum(({ cell, loss }) => (cell - x) * (loss - y));
  return squares > 0 ? Math.min(0, products / squares) : 0;
};

/**
 * Whether a run is behind the incumbent at equal time, has been for a while, and would be at the end if it went on like
 * this. Applied where the run is, by python-gpu-activity's training/hopeless.py: fixtures hold the two together.
 */
export const hopeless = (own: Curve, incumbent: Curve, rule: StopRule): Behind | null => {
  const known = pointsOf(own);
  const best = pointsOf(incumbent);
  const recent = known.slice(-rule.cells);
  const [first] = recent;
  const last = recent.at(-1);
  const final = valueAt(best, CELLS);
  if (first === undefined || last === undefined || final === null) return null;
  if (recent.length < rule.cells || first.cell < rule.after * CELLS) return null;
  const isBehind = ({ cell, loss }: Point): boolean => {
    const other = valueAt(best, cell);
    return other !== null && loss - other > rule.margin * Math.abs(other);
  };
  if (!recent.every(isBehind)) return null;
  if (!(last.loss + slopeOf(known, last.cell) * (CELLS - last.cell) > final)) return null;
  return { share: last.cell / CELLS, loss: last.loss, incumbent: valueAt(best, last.cell) ?? final };
};
