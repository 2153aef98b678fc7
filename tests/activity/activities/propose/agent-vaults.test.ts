import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hasBubblewrap } from '../../../../src/activities/propose/command/sandbox.js';
import { workbench } from './workbench.js';

const PATH = process.env['PATH'] ?? '';

/** Outside of the temporary folder, which no agent sees anyway. */
const away = (): string => {
  const folder = realpathSync(mkdtempSync('/var/tmp/autolift-vaults-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
};

const plant = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'truth'), 'the-answer-of-a-holdout\n');
};

test.runIf(await hasBubblewrap(PATH))(
  'an agent finds no vault that is below AUTOLIFT_VAULTS or that steward.yaml names, made when it may',
  async () => {
    const folder = away();
    const [root, far, open] = ['root', 'far', 'open'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const look = `(echo found; grep -rl the-answer ${folder} | sort) > train.py`;
    const found = async (): Promise<string> => {
      const bench = workbench({ 'train.py': 'LR = 0.1\n' }, { PATH, AUTOLIFT_VAULTS: root });
      const [one] = await bench.propose(bench.request({ proposer: { kind: 'command', command: look } }));
      if (one?.status !== 'ready') throw new Error(one?.reason);
      return bench.show(one.commit, 'train.py') ?? '';
    };
    for (const vault of [join(root, 'vaults', 'curve'), far, open]) plant(vault);
    expect(await found()).toBe(`found\n${far}/truth\n${open}/truth`);
    writeFileSync(join(root, 'steward.yaml'), `vaults: { far: ${far} }\n`);
    expect(await found()).toBe(`found\n${open}/truth`);
  },
);
