import type { Task } from '../../contract/task-schema.js';
import { allWords } from '../../domain/shell-words.js';

/** What an agent program can't see, or could do, that its user may not expect. */
export const agentNotices = (task: Task): string[] => {
  const agents = [task.proposer].flat().filter((proposer) => proposer.kind === 'command');
  const lost = agents.flatMap(({ command }) => allWords(command).filter((word) => /^\/tmp\/./.test(word)));
  const reaches = task.approval && agents.some(({ network }) => network);
  return [
    ...lost
      .slice(0, 1)
      .map((word) => `the agent's command names ${word}: in its sandbox /tmp is empty, so keep it elsewhere`),
    ...(reaches
      ? [
          'approval: the agent has the network, and a Temporal server without credentials takes an approval from anyone: `network: false` keeps the agent from approving its own candidates',
        ]
      : []),
  ];
};
