import { METHOD_FILES } from '../../contract/method.js';
import type { LoadedMethod } from './load-method.js';

/** What `autolift method show` prints: each file as it is, what the whole is known by, and how its mechanism stands. */
export const methodText = ({ files, method, hash, ref }: LoadedMethod, standing: string): string => {
  const { mechanism } = method;
  const head = [
    `method ${ref}`,
    `hash   ${hash}`,
    ...(mechanism === null
      ? []
      : [`mechanism ${mechanism.name}, source ${mechanism.hash.slice(0, 12)}`, `gates  ${standing}`]),
  ];
  const bodies = METHOD_FILES.flatMap((name) => {
    const text = files[name];
    return text === undefined ? [] : [`── ${name}\n${text.trimEnd()}`];
  });
  const missing = METHOD_FILES.filter((name) => files[name] === undefined);
  const rest = missing.length === 0 ? [] : [`As the task has it: ${missing.join(', ')}.`];
  return [head.join('\n'), ...bodies, ...rest].join('\n\n');
};
