import { type Finding, type Gate, type GateReport, GATE_TITLES } from '../../contract/gates.js';
import type { LoopSource } from '../../contract/loop.js';
import { METHOD_FOLDER, type MechanismSource } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { startMechanismHost } from '../../mechanism-host/mechanism-host.js';
import type { Repository } from '../../storage/git/index.js';
import { parseMethod } from '../../storage/method/index.js';
import type { Terminal } from '../terminal.js';

/** A mechanism that somebody hands over, and where it lies, for people. */
export interface Handed {
  source: string;
  hash: string;
  where: string;
}

/** The mechanism of a method that a reference names; nothing where it has none. */
export const handedBy = (ref: string, mechanism: MechanismSource | null): Handed[] =>
  mechanism === null
    ? []
    : [{ source: mechanism.source, hash: mechanism.hash, where: `${ref}: process/mechanism.js` }];

/** The mechanism that an outer loop begins with, which every loop of its baseline searches by. */
export const handedAtBase = async (
  repository: Repository,
  { prefix, baseCommit }: Pick<LoopSource, 'prefix' | 'baseCommit'>,
): Promise<Handed[]> => {
  const folder = prefix === '' ? METHOD_FOLDER : `${prefix}/${METHOD_FOLDER}`;
  const content = await repository.readFile(baseCommit, `${folder}/process/mechanism.js`);
  if (content === null) return [];
  const ref = `${baseCommit.slice(0, 12)}:${folder}`;
  return handedBy(ref, parseMethod({ 'process/mechanism.js': content.toString() }, ref).mechanism);
};

/** What doesn't get beyond it never answers anything: nobody can want that. */
const LOADS: Gate = 'G2';
const SILENT_MS = 2000;

const placeOf = (where: string, finding: Finding): string =>
  finding.where === null ? where : `${where}, line ${String(finding.where.line)}`;

export const findingWords = ({ gate, reason }: Finding): string =>
  `gate ${gate} (${GATE_TITLES[gate]}): ${reason}`;

/** Who waits is told what for. */
const checked = async (source: string, where: string, terminal: Terminal): Promise<GateReport> => {
  const host = startMechanismHost();
  const waiting = setTimeout(() => {
    terminal.err(`  asks the gates about ${where} …`);
  }, SILENT_MS);
  try {
    return await host.check({ source });
  } finally {
    clearTimeout(waiting);
    await host.close();
  }
};

const refuse = (finding: Finding, where: string, loads: boolean): never => {
  const excerpt = finding.where === null ? '' : `\n  ${finding.where.excerpt.trim()}`;
  const insist = loads ? ', or say --unchecked to use it as it is' : '';
  throw new UserError(
    `${findingWords(finding)}${excerpt}`,
    placeOf(where, finding),
    `Mend it; \`autolift mechanism check FILE\` asks all gates again${insist}.`,
  );
};

/**
 * Asks gates G0 to G7 about mechanisms that a person hands over, before anything is spent on them. What they may want all the
 * same is a notice: one that changes nothing is a sham, and with `unchecked` one that a gate from G3 on refuses.
 */
export const checkHanded = async (
  handed: readonly Handed[],
  unchecked: boolean,
  terminal: Terminal,
): Promise<string[]> => {
  const notices: string[] = [];
  const once = handed.filter(({ hash }, at) => handed.findIndex((one) => one.hash === hash) === at);
  for (const { source, where } of once) {
    const { finding, passed } = await checked(source, where, terminal);
    if (finding === null) continue;
    const isSham = finding.verdict === 'inert';
    const loads = passed.includes(LOADS);
    if (!isSham && !(unchecked && loads)) refuse(finding, where, loads);
    const all = isSham ? 'inert, it is used as a sham' : '--unchecked: it is used all the same';
    notices.push(`${placeOf(where, finding)}: ${findingWords(finding).replace(/\.$/, '')}; ${all}`);
  }
  return notices;
};
