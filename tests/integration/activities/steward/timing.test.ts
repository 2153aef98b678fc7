import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createStewardActivities } from '../../../../src/activities/steward/index.js';
import { createCheckVault } from '../../../../src/activities/steward/check-vault.js';
import { drawInstance } from '../../../../src/activities/steward/measure-one.js';
import { steadyNow } from '../../../../src/activities/steward/steady-clock.js';
import { openVault } from '../../../../src/storage/vault/index.js';
import { openDesk, type Desk } from '../../../support/steward-desk.js';
import {
  solver,
  toyQuery,
  toyRepository,
  writeVault,
  type ToyRepository,
} from '../../../support/toy-vault.js';

let repository: ToyRepository;
let incumbent: string;
let desk: Desk | null = null;

beforeAll(() => {
  repository = toyRepository();
  incumbent = repository.commit(solver(0.5));
});

afterEach(() => {
  desk?.close();
  desk = null;
});

const two = { pairs: { least: 2, most: 2 } };
const ask = async (source: string, experiment: number) =>
  await desk?.ask(
    toyQuery({
      repository: repository.folder,
      incumbent,
      candidate: repository.commit(source),
      experiment,
    }),
  );

/** A steward whose answer waits until the test lets it go. */
const holding = async (more: Record<string, unknown> = {}) => {
  const holds: (() => void)[] = [];
  let reached = (): void => undefined;
  const held = new Promise<void>((resolve) => (reached = resolve));
  desk = await openDesk((root) => writeVault(root, { ...two, ...more }), {
    sleep: () => {
      reached();
      return new Promise<void>((resolve) => holds.push(resolve));
    },
  });
  const letGo = (): void => {
    for (const hold of holds.splice(0)) hold();
  };
  return { desk, held, letGo };
};

test('until the moment of its answer nothing shows that the work on a question is done', async () => {
  const { desk: steward, held, letGo } = await holding();
  const answer = ask(solver(0.2), 1);
  await held;
  // measured, and nobody can tell: neither by the log's head, nor by what is left, nor by the next in the line
  const before = (await steward.deps.audit.records()).map(({ kind }) => kind);
  expect(before).toEqual(['rotate', 'query']);
  expect(existsSync(join(steward.root, 'numbers'))).toBe(false);
  const { head } = await steward.note({ v: 1 } as never);
  expect(head).toBe((await steward.deps.audit.records())[1]?.hash);
  const probe = { v: 1, task: 'toy', vault: 'toy', command: 'python3 score.py' } as const;
  expect(await createCheckVault(steward.deps)(probe)).toMatchObject({ left: { queries: 999, passes: 1000 } });
  let next = 'waits';
  const refused = steward.ask(toyQuery({ vault: 'other' })).then(() => (next = 'was heard'));
  await steward.note({ v: 1 } as never);
  expect(next).toBe('waits');
  for (let turn = 0; turn < 2; turn++) {
    letGo();
    await expect.poll(async () => (await steward.deps.audit.records()).length).toBe(3);
  }
  await expect
    .poll(() => {
      letGo();
      return next;
    })
    .toBe('was heard');
  expect(await answer).toMatchObject({ left: { queries: 999 } });
  await refused;
});

test('a candidate that holds a token is found at once and burnt at the moment of the answer', async () => {
  const { desk: steward, held, letGo } = await holding({ canaries: ['token-of-the-vault'] });
  const answer = ask('# token-of-the-vault\n', 1);
  await held;
  expect((await steward.deps.audit.records()).map(({ kind }) => kind)).toEqual(['rotate']);
  letGo();
  await expect.poll(async () => (await steward.deps.audit.records()).length).toBe(2);
  letGo();
  expect(await answer).toMatchObject({ reason: 'leak' });
});

const scratchOf = ({ root }: Desk): string[] => readdirSync(join(root, 'scratch'));

test('a tree too deep to be walked, or closed to its owner, makes a candidate fail and stops no answer', async () => {
  desk = await openDesk((root) => writeVault(root, two));
  const deep = `import os
for _ in range(40):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
`;
  expect(await ask(`${solver(0.2)}${deep}`, 1)).toMatchObject({ verdict: 'harmful', reason: null });
  const closed = 'import os\nos.makedirs("a/b")\nos.chmod("a/b", 0)\nos.chmod("a", 0)\nraise SystemExit(1)\n';
  expect(await ask(closed, 2)).toMatchObject({ verdict: 'harmful', reason: null });
  expect(scratchOf(desk)).toEqual([]);
});

/** All command lines of this machine. */
const commandLines = (): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');

test('the command lines of a run, which the whole machine can read, tell neither seed nor path', async () => {
  desk = await openDesk((root) =>
    writeVault(root, { generate: 'while [ ! -e "$AUTOLIFT_TRUTH/go" ]; do sleep 0.05; done; : mark-4711' }),
  );
  const open = await openVault(desk.root, 'toy');
  if (open === null) throw new Error('no vault');
  const bench = {
    ...open,
    cell: { walls: 'bwrap', path: desk.deps.path, hidden: desk.root, read: [] },
    scratch: join(desk.root, 'scratch-1'),
    runSeed: () => 7,
    deadline: steadyNow() + 20_000,
  } as const;
  mkdirSync(bench.scratch);
  const drawn = drawInstance(bench, 987_654_321);
  let seen = '';
  while (!seen.includes('mark-4711')) {
    await sleep(20);
    seen = commandLines();
  }
  expect(seen).not.toContain('987654321');
  expect(seen).not.toContain(desk.root);
  writeFileSync(join(bench.scratch, 'truth', 'go'), '');
  expect(await drawn).toMatchObject({ seed: 987_654_321 });
});

test('a question dated by a clock ahead of the steward waits no longer than any other', async () => {
  const waits: number[] = [];
  desk = await openDesk((root) => writeVault(root, two), {
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const activities = createStewardActivities(desk.deps);
  const query = toyQuery({
    repository: repository.folder,
    incumbent,
    candidate: repository.commit(solver(0.3)),
  });
  const at = Date.now() + 3_600_000;
  await new MockActivityEnvironment().run(async () => await activities.answerQuery({ query, at }));
  expect(Math.max(...waits)).toBeLessThanOrEqual(2 * 60_000);
});
