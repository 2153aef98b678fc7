import { expect, test } from 'vitest';
import type { Engine } from '../../../src/cli/engine.js';
import type { Finished } from '../../../src/cli/finished-rows.js';
import { follow, type Ending } from '../../../src/cli/follow.js';
import { statusFromLedger } from '../../../src/cli/read-status.js';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { loopRecord } from '../../support/loop-record.js';
import { fakeTerminal } from './fake-terminal.js';

const record = loopRecord({ experiments: 3 });
const status: LoopStatus = { ...statusFromLedger(record), phase: 'running', note: '' };

interface Moment {
  workflow?: string;
  settled?: number;
  phase?: LoopStatus['phase'];
  note?: string;
  fails?: boolean;
  /** false: no control worker polls */
  served?: boolean;
}

/** An engine that is in another state at each look; the last state stays. */
const engineOf = (moments: Moment[]): Engine => {
  let look = -1;
  const now = (): Moment => moments[Math.min(look, moments.length - 1)] ?? {};
  const handle = {
    describe: () => {
      look += 1;
      if (now().fails) return Promise.reject(new Error('connection lost'));
      return Promise.resolve({ status: { name: now().workflow ?? 'RUNNING' }, raw: {} });
    },
    query: () =>
      now().served === false
        ? Promise.reject(new Error('deadline exceeded'))
        : Promise.resolve({ ...status, phase: now().phase ?? 'running', note: now().note ?? '' }),
  };
  const client = {
    workflow: { getHandle: () => handle },
    withDeadline: async <T>(_: number, call: () => Promise<T>): Promise<T> => call(),
    connection: {
      workflowService: {
        describeTaskQueue: () => {
          const seconds = Date.now() / 1000 - (now().served === false ? 200 : 50);
          return Promise.resolve({ pollers: [{ identity: 'control@far:7', lastAccessTime: { seconds } }] });
        },
      },
    },
  };
  const ledger = {
    record: () => Promise.resolve(record),
    experimentsSince: (_: string, after: number) =>
      Promise.resolve(
        record.experiments
          .slice(after, now().settled ?? 0)
          .map((experiment, index) => ({ position: after + index + 1, experiment })),
      ),
  };
  const settings = { home: '/nowhere', temporal: { kind: 'external', namespace: 'default' } };
  return { client, ledger, settings } as unknown as Engine;
};

const followed = async (moments: Moment[], during?: (shown: number, interrupt: () => void) => void) => {
  const terminal = fakeTerminal('/');
  const fresh: Finished[] = [];
  const notices: string[] = [];
  const ending: Ending = await follow(engineOf(moments), {
    loop: 'a/b',
    terminal,
    viewer: {
      show: (rows) => {
        fresh.push(...rows);
        during?.(fresh.length, () => {
          terminal.interrupt();
        });
      },
      notice: (text) => void notices.push(text),
    },
  });
  return { ending, notices, numbers: fresh.map(({ row }) => row.experiment), fresh };
};

const ENDED: Moment = { workflow: 'COMPLETED', settled: 4, phase: 'done' };

test('each finished experiment is shown once, and the end is told', async () => {
  const { ending, numbers } = await followed([{ settled: 1 }, { settled: 3 }, { settled: 3 }, ENDED]);
  expect(numbers).toEqual([0, 1, 2, 3]);
  expect(ending).toMatchObject({ kind: 'ended', failure: null });
});

test('a row knows the score that it was compared with', async () => {
  const { fresh } = await followed([ENDED]);
  const first = fresh.find(({ row }) => row.against === 0);
  expect(first?.shown.incumbentValue).toBe(record.experiments[0]?.value);
});

test('an engine that is away for a moment loses no row', async () => {
  const { ending, numbers } = await followed([{ settled: 2 }, { fails: true }, { fails: true }, ENDED]);
  expect(numbers).toEqual([0, 1, 2, 3]);
  expect(ending.kind).toBe('ended');
});

test('a loop that failed ends with its reason', async () => {
  const { ending } = await followed([{ workflow: 'FAILED', settled: 1, phase: 'failed', note: 'no metric' }]);
  expect(ending).toMatchObject({ kind: 'ended', failure: 'no metric' });
});

test('a loop that paused itself is left with its note; a pause by a person is waited out', async () => {
  const halted = await followed([{ phase: 'paused', note: 'no proposal: the key is refused' }]);
  expect(halted.ending).toEqual({ kind: 'halted', note: 'no proposal: the key is refused' });
  const waited = await followed([{ phase: 'paused', note: 'by a person: lunch' }, ENDED]);
  expect(waited.ending.kind).toBe('ended');
});

test('Ctrl-C detaches', async () => {
  const { ending } = await followed([{ settled: 1 }], (shown, interrupt) => {
    if (shown > 0) interrupt();
  });
  expect(ending).toEqual({ kind: 'detached' });
});

test('without a control worker a follower says so once, shows what the ledger has, and goes on with the next', async () => {
  const away = Array.from({ length: 22 }, (): Moment => ({ served: false, settled: 2 }));
  const back = Array.from({ length: 8 }, (): Moment => ({ settled: 3 }));
  const { ending, notices, numbers } = await followed([{ settled: 1 }, ...away, ...back, ENDED]);
  expect(ending.kind).toBe('ended');
  expect(numbers).toEqual([0, 1, 2, 3]);
  expect(notices).toEqual([
    expect.stringMatching(/no control worker is running; nothing is lost.*`autolift worker control`/),
    'a control worker runs again',
  ]);
});
