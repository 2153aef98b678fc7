import { mean } from '../statistics.js';

interface ClassedRun {
  role: string;
  deviceClass: string;
  status: string;
  value: number | null;
}

/** A row of a record, as far as it tells what its scores were measured on. */
export interface ClassedRow {
  experiment: number;
  deviceClass: string | null;
  value: number | null;
  measurements: readonly ClassedRun[];
}

const classesOf = ({ deviceClass, measurements }: ClassedRow): string[] => {
  const run = [...new Set(measurements.map((one) => one.deviceClass))];
  return run.length > 0 || deviceClass === null ? run : [deviceClass];
};

/** The classes that a record's scores are of: first the loop's own, which its baseline was measured on. */
export const classesIn = (rows: readonly ClassedRow[]): string[] => {
  const baseline = rows.filter(({ experiment }) => experiment === 0);
  return [...new Set([...baseline, ...rows].flatMap(classesOf))];
};

const scoreOf = ({ measurements }: ClassedRow): number | null => {
  const values = measurements.flatMap(({ role, status, value }) =>
    role === 'baseline' && status === 'ok' && value !== null ? [value] : [],
  );
  return values.length === 0 ? null : mean(values);
};

/** The unchanged artifact's runs on one class are its baseline there, whatever it was run on besides. */
const baselineOn = <T extends ClassedRow>(row: T, device: string): T[] => {
  const measurements = row.measurements.filter((one) => one.deviceClass === device);
  if (measurements.length === 0) return [];
  if (measurements.length === row.measurements.length) return [row];
  return [{ ...row, deviceClass: device, measurements, value: scoreOf({ ...row, measurements }) }];
};

/**
 * What a record says of one class. A row whose own runs are of several says nothing of any: its verdict has compared
 * them. What was never run is told with the loop's own class.
 */
export const rowsOnClass = <T extends ClassedRow>(rows: readonly T[], device: string): T[] => {
  const [own] = classesIn(rows);
  return rows.flatMap((row) => {
    const classes = classesOf(row);
    if (row.experiment === 0 && classes.length > 1) return baselineOn(row, device);
    if (classes.length === 0) return device === own ? [row] : [];
    return classes.length === 1 && classes[0] === device ? [row] : [];
  });
};

/** The rows that the loop's scores rest on; nearly always all there are. */
export const ownRows = <T extends ClassedRow>(rows: readonly T[]): T[] => {
  const [own, ...others] = classesIn(rows);
  return own === undefined || others.length === 0 ? [...rows] : rowsOnClass(rows, own);
};

/** Experiments that are left out because they were measured on several classes. */
export const mixedRows = (rows: readonly ClassedRow[]): number[] =>
  rows.flatMap((row) => (row.experiment > 0 && classesOf(row).length > 1 ? [row.experiment] : []));

/** What a record holds beside its own class, in words; null: nothing. */
export const otherClassesInWords = (rows: readonly ClassedRow[]): string | null => {
  const [own, ...others] = classesIn(rows);
  if (own === undefined || others.length === 0) return null;
  const left = rows.length - ownRows(rows).length;
  const which = left === 1 ? '1 row is' : `${String(left)} rows are`;
  return `it was measured on ${own} and on ${others.join(', ')}, whose scores are never compared: ${which} left out of what is told of ${own}`;
};
