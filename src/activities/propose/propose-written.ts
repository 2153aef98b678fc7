import type { ProposeRequest } from '../../contract/activities.js';
import { METHOD_FOLDER } from '../../contract/method.js';
import type { Draft } from './draft.js';

/** The candidate that a research dialogue has ended in. */
export const proposeWritten = (
  { authored, usage }: NonNullable<ProposeRequest['written']>,
  experiment: number,
): Draft => {
  const { idea, mechanism, process } = authored;
  const of = (name: string, content: string) =>
    ({ kind: 'write', path: `${METHOD_FOLDER}/process/${name}`, content }) as const;
  return {
    experiment,
    proposer: 'research',
    usage,
    result: {
      idea,
      edits: [of('mechanism.js', mechanism), ...(process === null ? [] : [of('process.yaml', process)])],
    },
  };
};
