import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { expect, onTestFinished, test } from 'vitest';
import { hasBubblewrap } from '../../../../src/activities/propose/command/sandbox.js';
import { quiet, type Workbench, workbench } from './workbench.js';

const FILES = { 'train.py': 'LR = 0.1\n', 'secret.txt': '42\n', 'tools/run.sh': '#!/bin/sh\n' };
const PATH = process.env['PATH'] ?? '';
const sandboxed = await hasBubblewrap(PATH);

const ask = async (bench: Workbench, command: string, options: Record<string, unknown> = {}) => {
  const [one] = await bench.propose(bench.request({ proposer: { kind: 'command', command, ...options } }));
  if (one === undefined) throw new Error('expected an answer');
  return one;
};
const open = (env: Record<string, string> = {}) => workbench(FILES, { PATH, ...env });

test("a program's changes become a candidate, with the idea from its file", async () => {
  const bench = open();
  const one = await ask(
    bench,
    'sed -i s/0.1/0.2/ train.py; echo "x = 1" > new.py; echo "double it" > "$AUTOLIFT_IDEA_FILE"; mkdir __pycache__; echo 1 > __pycache__/a.pyc',
  );
  if (one.status !== 'ready') throw new Error(one.reason);
  expect(one).toMatchObject({ proposer: 'command', idea: 'double it' });
  expect(bench.show(one.commit, 'train.py')).toBe('LR = 0.2');
  expect(bench.show(one.commit, 'new.py')).toBe('x = 1');
  expect(bench.git('diff', '--name-only', `${one.commit}^`, one.commit)).toBe('new.py\ntrain.py');
});

test('the idea may be printed instead, and the prompt and seed are given', async () => {
  const one = await ask(
    open(),
    'grep -q "Editable: " "$AUTOLIFT_PROMPT_FILE" && test "$AUTOLIFT_SEED" -gt 0 && echo "LR = 0.$AUTOLIFT_SEED" > train.py; echo "IDEA: by seed"',
  );
  expect(one).toMatchObject({ status: 'ready', idea: 'by seed' });
});

test('deleting an editable file is a proposal too; no change is no_change', async () => {
  const bench = open();
  const one = await ask(bench, 'rm train.py');
  expect(one.status === 'ready' && bench.show(one.commit, 'train.py')).toBeNull();
  expect(await ask(open(), 'true')).toMatchObject({ status: 'no_change' });
});

test.each([
  ['a symlink', 'ln -s /etc/passwd link.py', 'link.py is a link, a pipe or a device'],
  ['a file that became a symlink', 'ln -sf /etc/passwd train.py', 'train.py is a link'],
  ['a pipe', 'mkfifo pipe.py', 'pipe.py is a link'],
  ['a binary file', 'printf "a\\0b" > data.py', 'data.py is not text'],
  ['a large file', 'head -c 2000000 /dev/zero | tr "\\0" a > big.py', 'big.py has 2000000 bytes'],
  ['a change elsewhere', 'echo 43 > secret.txt', '"secret.txt" is not editable'],
  ['a failed program', 'echo broken; exit 3', 'ended with code 3: broken'],
])('%s is refused with the reason', async (_, command, reason) => {
  expect(await ask(open(), command)).toMatchObject({
    status: 'refused',
    reason: expect.stringContaining(reason) as string,
  });
});

test('an idea file that is a pipe or a link is not read', async () => {
  const touch = 'echo "LR = 3" > train.py;';
  expect(await ask(open(), `${touch} mkfifo "$AUTOLIFT_IDEA_FILE"`)).toMatchObject({
    idea: 'change train.py',
  });
  const link = await ask(open(), `${touch} ln -s /etc/passwd "$AUTOLIFT_IDEA_FILE"`);
  expect(link).toMatchObject({ idea: 'change train.py' });
});

test('only the named variables are seen, and the home is a fresh one', async () => {
  const bench = open({ OPENAI_API_KEY: 'k', AGENT_TOKEN: 't', DATABASE_URL: 'd' });
  const one = await ask(
    bench,
    'env | cut -d= -f1 | sort | tr "\\n" " " > train.py; echo >> train.py; ls -A "$HOME" | wc -l >> train.py',
    {
      env: ['AGENT_TOKEN'],
    },
  );
  if (one.status !== 'ready') throw new Error(one.reason);
  const [names = '', count] = (bench.show(one.commit, 'train.py') ?? '')
    .split('\n')
    .map((line) => line.trim());
  const mine = names.split(' ').filter((name) => !['PWD', 'SHLVL', 'OLDPWD', '_'].includes(name));
  expect(mine).toEqual([
    'AGENT_TOKEN',
    'AUTOLIFT_IDEA_FILE',
    'AUTOLIFT_PROMPT_FILE',
    'AUTOLIFT_SEED',
    'HOME',
    'LANG',
    'PATH',
  ]);
  expect(count).toBe('0');
});

test('files that only the evaluator sees are not in its folder', async () => {
  const bench = open();
  const measure = { metric: { name: 'loss', direction: 'minimize' }, hidden: ['secret.txt'] };
  const proposer = { kind: 'command', command: 'ls > train.py' };
  const [one] = await bench.propose(bench.request({ proposer, measure }));
  expect(one?.status === 'ready' && bench.show(one.commit, 'train.py')).toBe('tools\ntrain.py');
});

test('a command that does not exist is a mistake to mend, not a bad proposal', async () => {
  const error: unknown = await ask(open(), 'no-such-agent --go').catch((one: unknown) => one);
  expect(error).toBeInstanceOf(ApplicationFailure);
  expect(error).toMatchObject({
    nonRetryable: true,
    message: expect.stringContaining('proposer.command') as string,
  });
});

const isRunning = (words: string): boolean =>
  execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).includes(words);

test('a program that runs too long is killed with all that it started', async () => {
  const seconds = String(100_000 + process.pid);
  const stubborn = `trap "" TERM; sleep ${seconds} & (sleep ${seconds}) & wait`;
  const answer = ask(open(), stubborn, { timeout: 4 });
  await expect.poll(() => isRunning(`sleep ${seconds}`), { timeout: 20_000 }).toBe(true);
  expect(await answer).toMatchObject({
    status: 'refused',
    reason: expect.stringContaining('longer than 4 s') as string,
  });
  await expect.poll(() => isRunning(`sleep ${seconds}`)).toBe(false);
});

test('what a program leaves in the background is killed and holds nobody up', async () => {
  const seconds = String(200_000 + process.pid);
  const one = await ask(open(), `echo "LR = 3" > train.py; sleep ${seconds} &`);
  expect(one.status).toBe('ready');
  await expect.poll(() => isRunning(`sleep ${seconds}`)).toBe(false);
});

/** Outside of the temporary folder, which no agent sees anyway. */
const homeWith = (files: Record<string, string>): string => {
  const home = mkdtempSync('/var/tmp/autolift-home-');
  onTestFinished(() => {
    rmSync(home, { recursive: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  return home;
};

test.runIf(sandboxed)(
  "the user's keys are hidden, an agent's own settings and what the task reads are not",
  async () => {
    const home = homeWith({
      '.ssh/id_ed25519': 'key-a ',
      '.netrc': 'key-b ',
      '.config/gh/hosts.yml': 'key-c ',
      '.aws/credentials': 'key-d ',
      '.bash_history': 'key-e ',
      '.kube/config': 'named ',
      '.claude/settings.json': 'agent ',
      '.config/other-agent/config': 'other ',
    });
    const bench = open({ HOME: home });
    const files = '.ssh/id_ed25519 .netrc .config/gh/hosts.yml .aws/credentials .bash_history';
    const visible = '.kube/config .claude/settings.json .config/other-agent/config';
    const command = `cd ${home}; cat ${files} ${visible} 2> /dev/null > "$OLDPWD/train.py"; cat /etc/shadow >> "$OLDPWD/train.py"; ls -d /run/lock >> "$OLDPWD/train.py"; cat /etc/resolv.conf > /dev/null`;
    const run = { command: 'true', budget: 10, read: ['~/.kube'] };
    const [one] = await bench.propose(bench.request({ run, proposer: { kind: 'command', command } }));
    if (one?.status !== 'ready') throw new Error(one?.reason);
    expect(bench.show(one.commit, 'train.py')).toBe('named agent other');
  },
);

test('without bubblewrap a program works all the same, in its own copy, and its group is killed', async () => {
  const bench = open();
  const bin = join(bench.folder, '.git', 'bin');
  mkdirSync(bin);
  for (const name of ['sh', 'sleep']) {
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
      join(bin, name),
    );
  }
  bench.deps.env = { PATH: bin };
  const seconds = String(400_000 + process.pid);
  const one = await ask(bench, `echo "LR = 3" > train.py; sleep ${seconds} &`);
  expect(one.status).toBe('ready');
  expect(bench.git('status', '--porcelain')).toBe('');
  await expect.poll(() => isRunning(`sleep ${seconds}`)).toBe(false);
});

test.runIf(sandboxed)('in the sandbox not even a process that has left its group stays', async () => {
  const seconds = String(300_000 + process.pid);
  const one = await ask(open(), `echo "LR = 3" > train.py; (setsid sleep ${seconds} &)`);
  expect(one.status).toBe('ready');
  await expect.poll(() => isRunning(`sleep ${seconds}`)).toBe(false);
});

test.runIf(sandboxed)('in the sandbox even root has no power to undo what was denied', async () => {
  const one = await ask(
    open(),
    'grep -q "^CapEff:.0*$" /proc/self/status || exit 4; mount -o remount,bind,rw / && exit 5; touch /usr/written && exit 6; echo "LR = 0.3" > train.py',
  );
  expect(one).toMatchObject({ status: 'ready' });
  expect(existsSync('/usr/written')).toBe(false);
});

test('a cancelled proposal kills its program and leaves no folder behind', async () => {
  const bench = open();
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('autolift-agent-'));
  const before = folders();
  const environment = quiet();
  const request = bench.request({ proposer: { kind: 'command', command: 'sleep 60' } });
  const running = bench.propose(request, environment);
  setTimeout(() => {
    environment.cancel();
  }, 500);
  await expect(running).rejects.toBeInstanceOf(CancelledFailure);
  expect(folders().filter((name) => !before.includes(name))).toEqual([]);
});

test.runIf(sandboxed)(
  'in the sandbox the repository, our state, other processes and the network are not there',
  async () => {
    const bench = open();
    const { folder } = bench;
    const look = [
      `ls -A ${folder} | wc -l`,
      `ls /proc | grep -c "^[0-9]"`,
      `(echo no > ${folder}/x) 2>/dev/null && cat ${folder}/x || echo kept`,
      '(echo no > /usr/x) 2>/dev/null || echo kept',
      'grep -c : /proc/net/dev',
    ];
    const one = await ask(bench, `(${look.join('; ')}) > train.py`, { network: false });
    if (one.status !== 'ready') throw new Error(one.reason);
    const [listed, processes, own, system, interfaces] = (bench.show(one.commit, 'train.py') ?? '').split(
      '\n',
    );
    expect(listed).toBe('0');
    expect(Number(processes)).toBeLessThan(10);
    expect(own).toBe('no');
    expect(existsSync(join(folder, 'x'))).toBe(false);
    expect(system).toBe('kept');
    expect(interfaces).toBe('1');
  },
);
