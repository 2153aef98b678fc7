import { counted } from '../../domain/format.js';
import { rootOf } from '../../domain/research/child-names.js';
import { UserError } from '../../contract/user-error.js';
import { deleteRemoteRefs, listRemoteRefs } from '../../storage/git/remote-refs.js';
import { readRemoteUrl, type RemoteUrl } from '../../storage/git/index.js';
import type { Settings } from '../../workers/settings.js';
import { defineCommand } from '../command.js';
import { settingsOf, withEngine, type Engine } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { didYouMean } from '../../contract/nearest.js';

const ACTIONS = ['list', 'clean'];

const chosen = ({ gitRemote }: Settings, url: string | undefined): RemoteUrl => {
  const remote = url === undefined ? gitRemote : readRemoteUrl(url, '--url');
  if (remote !== null) return gitRemote?.url === remote.url ? gitRemote : remote;
  throw new UserError(
    'no git remote is named',
    'autolift remote',
    'Set AUTOLIFT_GIT_REMOTE, or write --url.',
  );
};

/** Whatever runs now, of whatever kind: its commits stay. */
const running = async ({ client }: Pick<Engine, 'client'>): Promise<Set<string>> => {
  const found = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running'` }))
    found.add(rootOf(workflowId));
  return found;
};

const isBelow = (ref: string, id: string): boolean => ref.startsWith(`refs/autolift/${id}/`);

/** Refs that nobody needs any more. What a task's loops begin with stays while one of that task runs. */
const leftOver = (refs: readonly string[], ids: ReadonlySet<string>): string[] => {
  const kept = [...ids].flatMap((id) => [id, `${id.split('/')[0] ?? ''}/at`]);
  return refs.filter((ref) => !kept.some((id) => isBelow(ref, id)));
};

export const remote = defineCommand({
  name: 'remote',
  description: 'What loops have put on the git remote for device hosts: list it, or clean what has ended',
  args: {
    action: { type: 'positional', required: true, description: 'list or clean' },
    url: { type: 'string', description: 'which remote; default: AUTOLIFT_GIT_REMOTE', valueHint: 'url' },
  },
  examples: [
    ['autolift remote list', 'refs below refs/autolift/, and how many of them nobody needs'],
    ['autolift remote clean', 'deletes those; loops that run keep theirs'],
  ],
  notes: [
    'Your repository keeps every candidate; a fork or an epoch of an old loop pushes what it needs again.',
  ],
  run: async ({ action, url }, terminal) => {
    if (!ACTIONS.includes(action))
      throw new UserError(
        `"${action}" is not an action${didYouMean(action, ACTIONS)}`,
        'autolift remote',
        'Choose list or clean.',
      );
    const settings = settingsOf(terminal);
    const from = chosen(settings, url);
    const refs = await listRemoteRefs(from);
    const gone = leftOver(refs, await withEngine(settings, running));
    if (action === 'clean') await deleteRemoteRefs(from, gone);
    const what = action === 'clean' ? 'deleted' : 'of loops that have ended';
    terminal.out(`${from.url}: ${counted(refs.length, 'ref')}, ${String(gone.length)} ${what}`);
    return EXIT.ok;
  },
});
