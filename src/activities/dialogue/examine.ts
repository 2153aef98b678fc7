import type { ControlActivities } from '../../contract/activities.js';
import type { Trouble } from '../../contract/dialogue.js';
import { GATE_TITLES } from '../../contract/gates.js';
import type { MethodFiles } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { askGates, PATIENCE, type Patience } from '../gates/ask-gates.js';
import { findingWords } from '../gates/finding-words.js';
import { parseMethod } from '../../storage/method/index.js';
import type { Deps } from '../deps.js';
import { methodAt } from './method-at.js';

const methodTrouble = (files: MethodFiles): Trouble | null => {
  try {
    parseMethod(files, 'method');
    return null;
  } catch (error) {
    if (error instanceof UserError) return { at: 'method', reason: error.message };
    throw error;
  }
};

/** Looks at what a dialogue has written before anything is committed or measured: settings first, then the gates. */
export const createExamine =
  (
    deps: Pick<Deps, 'openRepository' | 'checkMechanism'>,
    patience: Patience = PATIENCE,
  ): ControlActivities['examine'] =>
  async ({ source, base, authored }) => {
    const files = await methodAt(await deps.openRepository(source.repository), source, base);
    const incumbent = files['process/mechanism.js'] ?? '';
    const trouble = methodTrouble({
      ...files,
      'process/mechanism.js': authored.mechanism,
      ...(authored.process === null ? {} : { 'process/process.yaml': authored.process }),
    });
    if (trouble !== null) return { trouble };
    const check = { source: authored.mechanism, ...(incumbent.trim() === '' ? {} : { incumbent }) };
    const finding = await askGates(check, deps, patience);
    return {
      trouble:
        finding === null
          ? null
          : { at: finding.gate, reason: `${GATE_TITLES[finding.gate]}: ${findingWords(finding)}` },
    };
  };
