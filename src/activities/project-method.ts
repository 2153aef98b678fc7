import type { ControlActivities } from '../contract/activities.js';
import { METHOD_FOLDER } from '../contract/method.js';
import { UserError } from '../contract/user-error.js';
import { passedOver } from '../domain/method/passed-over.js';
import { project } from '../domain/method/project.js';
import { methodFilesAt, methodHash, parseMethod } from '../storage/method/index.js';
import type { Deps } from './deps.js';

/** Reads a commit's method and composes it with each task of a study. A method that is none is a candidate's fault. */
export const createProjectMethod =
  ({ openRepository }: Pick<Deps, 'openRepository'>): ControlActivities['projectMethod'] =>
  async ({ source, commit, tasks }) => {
    const repository = await openRepository(source.repository);
    const folder = source.prefix === '' ? METHOD_FOLDER : `${source.prefix}/${METHOD_FOLDER}`;
    const ref = `${commit.slice(0, 12)}:${folder}`;
    try {
      const method = parseMethod(await methodFilesAt(repository, commit, folder), ref);
      const hash = methodHash(method);
      const unread = [...new Set(tasks.flatMap(({ acceptance }) => passedOver(method, acceptance)))];
      return {
        ...(unread.length === 0 ? {} : { unread }),
        tasks: tasks.map((one) => {
          const { task, policy } = project(method, one);
          return { task, method: { ref, hash, policy } };
        }),
      };
    } catch (error) {
      if (error instanceof UserError) return { fault: error.message };
      throw error;
    }
  };
