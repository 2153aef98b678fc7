import { counted } from '../../domain/format.js';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { LoopSource } from '../../contract/loop.js';
import { UserError } from '../../contract/user-error.js';
import { locate } from '../../storage/git/locate-task.js';
import { openRepository, type Repository } from '../../storage/git/repository.js';
import { readGitRemote } from '../../workers/git-remote-settings.js';
import { evaluatorEnvironment } from '../../storage/evaluator/environment.js';
import { checkCanaries } from './check-canaries.js';
import { checkDisk } from './check-disk.js';
import { checkFiles } from './check-files.js';
import { checkHoldout } from './check-holdout.js';
import { checkLevel } from './check-level.js';
import { checkPrograms } from './check-programs.js';
import { checkProposers } from './check-proposers.js';
import { chooseRemote, publishStart } from './choose-remote.js';
import type { LoadedTask } from './load-task.js';

export interface PreflightOptions {
  /** folder of servers' data */
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  /** whether candidates run on this machine; false: its PATH says nothing about theirs */
  local: boolean;
}

export interface Cleared {
  source: LoopSource;
  repository: Repository;
  /** what the user should know but need not mend */
  notices: string[];
}

const checkWritable = async (repository: string): Promise<void> => {
  await access(repository, constants.W_OK).catch(() => {
    throw new UserError('may not be written', repository, 'Candidates are commits of this repository.');
  });
};

/** Everything that can be known to fail before anything is started, in the order in which a person would mend it. */
export const preflight = async (loaded: LoadedTask, options: PreflightOptions): Promise<Cleared> => {
  const { task, folder, warnings } = loaded;
  const notices = [...warnings];
  const { repository: directory, prefix, head, dirty } = await locate(folder);
  await checkWritable(directory);
  const own = readGitRemote(options.env);
  const repository = await openRepository(directory, own);
  const files = (await repository.listFiles(head, prefix)).map((file) => file.path);
  checkLevel(loaded);
  checkFiles(loaded, files);
  checkHoldout(loaded);
  checkCanaries(loaded, files);
  if (options.local && task.research === undefined) checkPrograms({ loaded, files, env: options.env });
  const named = path.basename(loaded.taskFile);
  const changed = dirty - (files.includes(named) ? 0 : 1);
  if (changed > 0)
    notices.push(
      `${counted(changed, 'uncommitted file')} ${changed === 1 ? 'is' : 'are'} not part of the loop; it starts from ${head.slice(0, 7)}`,
    );
  notices.push(...(await checkProposers(loaded, options.env)));
  await checkDisk(options.home);
  const remote = await chooseRemote(loaded, repository, own);
  await publishStart(repository, remote, { task: task.name, commit: head });
  const { command } = task.measure;
  const at = { evaluatorCommit: head, prefix, taskFolder: folder };
  const environment = await evaluatorEnvironment(repository, task, at);
  return {
    source: {
      repository: directory,
      remote,
      prefix,
      taskFolder: folder,
      ...(named === 'task.yaml' ? {} : { taskFile: named }),
      baseCommit: head,
      evaluatorCommit: head,
      evaluatorHash:
        command === undefined
          ? null
          : await repository.evaluatorHash(head, prefix, { command, editable: task.editable }),
      ...(command === undefined ? {} : { environment }),
    },
    repository,
    notices,
  };
};
