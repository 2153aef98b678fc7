import type { Finding } from '../../contract/gates.js';
import { staticFinding } from '../../domain/gates/allowlist.js';
import { findingOf } from '../../domain/gates/finding.js';
import { openMechanism } from '../../mechanism-host/open-mechanism.js';
import { findingWords } from './handed-mechanism.js';

/** What fails at the gates that cost nothing, G0 to G2; null: nothing. */
export const cheapFinding = async (source: string): Promise<Finding | null> => {
  const refused = staticFinding(source);
  if (refused !== null) return refused;
  const opened = await openMechanism(source);
  if (!opened.ok) return findingOf(opened.fault);
  opened.value.dispose();
  return null;
};

/** How a mechanism stands at those gates, for whoever looks at its method. */
export const standingWords = (finding: Finding | null): string => {
  if (finding === null) return 'passes G0 to G2; `autolift mechanism check FILE` asks all gates';
  const { where } = finding;
  const line = where === null ? '' : `, line ${String(where.line)}: ${where.excerpt.trim()}`;
  return `refused by ${findingWords(finding)}${line}`;
};
