import type { Task } from '../../contract/task-schema.js';

const globOf = (path: string): string[] => {
  const plain = path.replace(/^\.\//, '').replace(/\/+$/, '');
  return [plain, `${plain}/**`];
};

/** Globs of what only the evaluator sees; whoever has read a canary can dress up as one. */
export const hiddenFiles = ({ measure, canaries = [] }: Pick<Task, 'measure' | 'canaries'>): string[] => [
  ...measure.hidden,
  ...canaries.flatMap((one) => (one.kind === 'no-op' ? [] : globOf(one.path))),
];
