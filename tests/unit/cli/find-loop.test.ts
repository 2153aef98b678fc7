import { expect, test } from 'vitest';
import { experimentNumber } from '../../../src/cli/experiment-argument.js';
import { findLoop, findLoopOrAblation, matchLoop } from '../../../src/cli/find-loop.js';

const known = ['sine/nov21', 'sine/nov22', 'sorting/nov22'];

test('a loop is found by its id, or by a task or tag that it alone has', () => {
  expect(matchLoop('sine/nov22', known)).toBe('sine/nov22');
  expect(matchLoop('sorting', known)).toBe('sorting/nov22');
  expect(matchLoop('nov21', known)).toBe('sine/nov21');
});

test('a name that fits several loops or none is answered with what there is', () => {
  expect(() => matchLoop('sine', known)).toThrow('more than one loop: sine/nov21, sine/nov22');
  expect(() => matchLoop('sien/nov21', known)).toThrow('did you mean "sine/nov21"?');
});

test('an experiment is named by its number, with or without #', () => {
  expect(experimentNumber('7')).toBe(7);
  expect(experimentNumber('#12')).toBe(12);
  expect(() => experimentNumber('best')).toThrow('"best" is not the number of an experiment');
});

/** A server on which these run, and a ledger that knows these loops. */
const engine = (running: Record<string, string[]>, loops: string[]) =>
  ({
    client: {
      workflow: {
        async *list({ query }: { query: string }) {
          const type = /WorkflowType = '(\w+)'/.exec(query)?.[1] ?? '';
          for (const workflowId of running[type] ?? [])
            yield await Promise.resolve({ workflowId, startTime: new Date(0) });
        },
      },
    },
    ledger: { loops: () => Promise.resolve(loops.map((loop) => ({ loop }))) },
  }) as unknown as Parameters<typeof findLoopOrAblation>[0];

test('an ablation is found as a loop is, by the commands that it takes', async () => {
  const cells = ['ablation/outer-1a2b3c4d/A/sine.0'];
  const alone = engine({ ablation: ['ablation/outer-1a2b3c4d'], researchLoop: cells }, [
    'sine/nov21',
    ...cells,
  ]);
  expect(await findLoopOrAblation(alone, undefined)).toBe('ablation/outer-1a2b3c4d');
  expect(await findLoopOrAblation(alone, 'outer-1a2b3c4d')).toBe('ablation/outer-1a2b3c4d');
  expect(await findLoopOrAblation(alone, cells[0])).toBe(cells[0]);
  expect(await findLoopOrAblation(engine({}, []), 'ablation/other-5e6f')).toBe('ablation/other-5e6f');
  expect(await findLoop(alone, undefined)).toBe('sine/nov21');
  const two = engine({ ablation: ['ablation/outer-1a2b3c4d'], researchLoop: ['sine/nov21'] }, ['sine/nov21']);
  await expect(findLoopOrAblation(two, undefined)).rejects.toThrow('2 loops run');
});
