import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { Draft } from '../init/draft.js';
import { draftTask } from '../init/draft-task.js';
import { viewFolder } from '../init/folder-view.js';
import { findRepository } from '../../storage/git/find-repository.js';
import { renderTask } from '../init/render-task.js';
import { schemaReference } from '../init/schema-reference.js';

const told = (file: string, { evidence, open }: Pick<Draft, 'evidence' | 'open'>): string => {
  const rows = evidence.map(({ key, value, because }) => [`${key}: ${value}`, because] as const);
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return [
    `wrote ${file}`,
    ...rows.map(([left, because]) => `  ${left.padEnd(width)}  (${because})`),
    ...(open.length === 0 ? [] : ['', 'Check or fill in:', ...open.map((question) => `  - ${question}`)]),
    '',
    open.length === 0 ? 'Next: `autolift run`' : 'Then: `autolift run`',
  ].join('\n');
};

/** What a loop needs before anything else: a commit to start from. */
const gitStep = async (folder: string): Promise<string[]> => {
  try {
    await findRepository(folder);
    return [];
  } catch (error) {
    return error instanceof UserError ? [`first of all, ${error.what}: ${error.fix}`] : [];
  }
};

export const init = defineCommand({
  name: 'init',
  description: 'Write a task.yaml by looking at a folder',
  args: {
    folder: { type: 'positional', default: '.', description: 'the folder of the code' },
    force: { type: 'boolean', description: 'overwrite a task.yaml that is there' },
    json: { type: 'boolean', description: 'print what was found as JSON' },
  },
  examples: [
    ['autolift init', 'look at this folder'],
    ['autolift init ../autoresearch', 'a karpathy/autoresearch checkout'],
    ['autolift init --force', 'write it anew'],
  ],
  run: async ({ folder: target, force, json }, terminal) => {
    const folder = path.resolve(terminal.cwd, target);
    const file = path.join(folder, 'task.yaml');
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory()) throw new UserError('there is no such folder', folder, 'Check the path.');
    if (!force && (await stat(file).catch(() => null)) !== null)
      throw new UserError('there is a task.yaml already', file, 'Keep it, or overwrite it with --force.');
    const draft = draftTask(viewFolder(folder));
    await writeFile(file, renderTask(draft, schemaReference(folder)));
    const { evidence } = draft;
    const open = [...(await gitStep(folder)), ...draft.open];
    terminal.out(json ? JSON.stringify({ file, evidence, open }, null, 2) : told(file, { evidence, open }));
    return EXIT.ok;
  },
});
