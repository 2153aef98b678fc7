import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conclude } from '../../../src/cli/conclude.js';
import type { Engine } from '../../../src/cli/engine.js';
import { ownCommand } from '../../../src/cli/own-command.js';
import { loopRecord } from '../../support/loop-record.js';
import { loopStatus } from '../../support/loop-status.js';
import { fakeTerminal } from './fake-terminal.js';

test('a loop ends with a log of what it kept and no more, and a command that this person can type', async () => {
  const home = mkdtempSync(join(tmpdir(), 'autolift-end-'));
  const record = loopRecord({ experiments: 3 });
  const settings = { home, temporal: { kind: 'embedded', uiUrl: null } };
  const ledger = { record: () => Promise.resolve(record) };
  const engine = { settings, ledger } as unknown as Engine;
  const terminal = fakeTerminal('/', { PATH: '/nowhere' });
  const ending = { kind: 'ended' as const, status: loopStatus({ phase: 'done' }), failure: null };
  try {
    expect(await conclude(engine, ending, { loop: 'tiny-gpt/apr5', terminal, json: false })).toBe(0);
    const base = record.loop.input.source.baseCommit.slice(0, 12);
    const [said] = terminal.printed;
    expect(said).toContain(`Kept commits: git log --first-parent ${base}..autoresearch/apr5`);
    expect(said).toContain(`\`${ownCommand(terminal)} down\` stops them.`);
    expect(said).not.toContain('`autolift down`');
  } finally {
    rmSync(home, { recursive: true });
  }
});
