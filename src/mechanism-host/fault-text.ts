import type { MechanismFault, SourceLine } from '../contract/mechanism-run.js';

export const lineText = ({ line, excerpt }: SourceLine): string => `line ${String(line)}: ${excerpt}`;

/** A fault in one line: where it happened, what, and the line of the mechanism. */
export const faultText = ({ kind, message, during, where }: MechanismFault): string => {
  const place = where === null ? '' : ` (${lineText(where)})`;
  return `${kind} in ${during}: ${message}${place}`;
};
