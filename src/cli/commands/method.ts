import path from 'node:path';
import { METHOD_FOLDER } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { passedOver } from '../../domain/method/passed-over.js';
import type { PortableMethod } from '../../storage/method/index.js';
import { stringify } from 'yaml';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { checkHanded, handedBy } from '../method/handed-mechanism.js';
import { cheapFinding, standingWords } from '../method/mechanism-standing.js';
import { UNCHECKED_FLAG } from '../method/unchecked-flag.js';
import { loadMethod, type LoadedMethod } from '../method/load-method.js';
import { methodDifferences } from '../method/method-differences.js';
import { methodText } from '../method/method-text.js';
import { STARTER_FILES } from '../method/starter-files.js';
import { writeMethod } from '../method/write-method.js';
import { didYouMean } from '../../contract/nearest.js';
import type { Terminal } from '../terminal.js';
import { writeWhole } from '../write-report.js';

interface Asked {
  from: string | undefined;
  to: string | undefined;
  output: string | undefined;
  force: boolean;
  unchecked: boolean;
  json: boolean;
}

type Action = (asked: Asked, terminal: Terminal) => Promise<void>;

const needed = (given: string | undefined, what: string): string => {
  if (given !== undefined) return given;
  throw new UserError(`${what} is missing`, 'autolift method', '`autolift method --help` shows examples.');
};

/** A method as it is written down must say what it does; one of a commit may be a candidate's, whose text nobody wrote. */
const checked = async (ref: string, terminal: Terminal): Promise<LoadedMethod> => {
  const loaded = await loadMethod(ref, terminal.cwd);
  const unread = passedOver(loaded.method, null);
  if (unread.length > 0 && !ref.includes('#'))
    throw new UserError(unread.join('\n'), ref, 'Remove it, or name a rule that reads it.');
  for (const text of unread) terminal.err(`  ! ${ref}: ${text}`);
  return loaded;
};

const show: Action = async ({ from, json }, terminal) => {
  const loaded = await checked(from ?? '.', terminal);
  const { method, hash, ref } = loaded;
  const finding = method.mechanism === null ? null : await cheapFinding(method.mechanism.source);
  const gates = method.mechanism === null ? {} : { gates: { asked: ['G0', 'G1', 'G2'], finding } };
  terminal.out(
    json
      ? JSON.stringify({ ref, hash, method, ...gates }, null, 2)
      : methodText(loaded, standingWords(finding)),
  );
};

const diff: Action = async ({ from, to, json }, terminal) => {
  const second = needed(to, 'the second method');
  const before = await checked(needed(from, 'the first method'), terminal);
  const after = await checked(second, terminal);
  const differences = methodDifferences(before.method, after.method);
  if (json) terminal.out(JSON.stringify({ before: before.hash, after: after.hash, differences }, null, 2));
  else terminal.out(differences.length === 0 ? 'They say the same.' : differences.join('\n'));
};

const exported: Action = async ({ from, output }, terminal) => {
  const { files, hash } = await checked(from ?? '.', terminal);
  const whole: PortableMethod = { autolift: 'method', files };
  const isJson = output?.endsWith('.json') === true;
  const text = isJson ? `${JSON.stringify(whole, null, 2)}\n` : stringify(whole, { lineWidth: 0 });
  if (output === undefined) {
    terminal.out(text.trimEnd());
    return;
  }
  const file = path.resolve(terminal.cwd, output);
  await writeWhole(file, text);
  terminal.err(`wrote ${file} (${hash.slice(0, 12)})`);
};

const imported: Action = async ({ from, to, force, unchecked }, terminal) => {
  const { files, hash, method, ref } = await checked(needed(from, 'the method'), terminal);
  const notices = await checkHanded(handedBy(ref, method.mechanism), unchecked, terminal);
  for (const text of notices) terminal.err(`  ! ${text}`);
  const folder = path.resolve(terminal.cwd, to ?? METHOD_FOLDER);
  const names = await writeMethod(folder, files, force);
  terminal.out(`Wrote ${names.join(', ')} to ${folder} (${hash.slice(0, 12)}). Commit them to version them.`);
};

const init: Action = async ({ from, force }, terminal) => {
  const folder = path.resolve(terminal.cwd, from ?? METHOD_FOLDER);
  const names = await writeMethod(folder, STARTER_FILES, force);
  terminal.out(
    `Wrote ${names.join(', ')} to ${folder}: a method that changes nothing yet. \`autolift run TASK --method ${from ?? METHOD_FOLDER}\` uses it.`,
  );
};

const ACTIONS: Readonly<Record<string, Action>> = { show, diff, export: exported, import: imported, init };

export const method = defineCommand({
  name: 'method',
  description:
    'Show, compare, export or import a method: the agent, data, objective and process above a task',
  args: {
    action: { type: 'positional', required: true, description: 'show, diff, export, import or init' },
    from: {
      type: 'positional',
      required: false,
      description: 'a method: folder, file or repo#commit:folder',
    },
    to: { type: 'positional', required: false, description: 'diff: the second; import: the folder to write' },
    output: { type: 'string', alias: 'o', description: 'export: file, .yaml or .json', valueHint: 'file' },
    force: { type: 'boolean', description: 'import, init: replace files that are there' },
    unchecked: { ...UNCHECKED_FLAG, description: `import: ${UNCHECKED_FLAG.description}` },
    json: { type: 'boolean', description: 'show, diff: as JSON' },
  },
  examples: [
    ['autolift method init', 'write ./method to start from'],
    ['autolift method show .#HEAD~1:method', 'as it was a commit ago'],
    ['autolift method diff method .#main:method', 'what differs, key by key'],
    ['autolift method export method -o best.yaml', 'one file, to be used elsewhere'],
    ['autolift method import best.yaml other/method', 'as files again'],
  ],
  notes: [
    '`autolift run TASK --method best.yaml` uses on one task what was learnt on others.',
    'docs/method.md lists every file and key, and what a task keeps from any method.',
  ],
  run: async ({ action, from, to, output, force, unchecked, json }, terminal) => {
    const act = ACTIONS[action];
    if (act === undefined)
      throw new UserError(
        `"${action}" is not an action${didYouMean(action, Object.keys(ACTIONS))}`,
        'autolift method',
        `Choose one of ${Object.keys(ACTIONS).join(', ')}.`,
      );
    await act(
      { from, to, output, force: force === true, unchecked: unchecked === true, json: json === true },
      terminal,
    );
    return EXIT.ok;
  },
});
