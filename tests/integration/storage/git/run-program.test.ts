import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { runProgram } from '../../../../src/storage/git/run-program.js';
import { startShell } from '../../../../src/storage/git/shell.js';
import { scratchFolder } from './scratch-repository.js';

const run = async (command: string[], input: Buffer | string = '', folder = '/') =>
  await runProgram({ folder, command, input });

test('bytes go in and come out as they are', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 0, 128, 39]);
  const { exitCode, out, err } = await run(['cat'], bytes);
  expect([exitCode, out, err]).toEqual([0, bytes, Buffer.alloc(0)]);
});

test('no word of a command means anything to the shell', async () => {
  const words = ["it's", '$(id)', '`id`', 'a\nb', '"; exit 1', '*', '\\', '', '$HOME', "'"];
  const { out } = await run(['printf', '%s\\0', ...words]);
  expect(out.toString().split('\0').slice(0, -1)).toEqual(words);
});

test('a command runs in its folder, whatever that is called', async () => {
  const folder = `${scratchFolder()}/a 'b' $c`;
  execFileSync('mkdir', [folder]);
  expect((await run(['pwd'], '', folder)).out.toString()).toBe(`${folder}\n`);
});

test('a failure tells its exit code, its process and what it said', async () => {
  const { exitCode, pid, out, err } = await run(['sh', '-c', 'echo out; echo err >&2; echo $$; exit 7']);
  expect([exitCode, err.toString(), out.toString()]).toEqual([7, 'err\n', `out\n${String(pid)}\n`]);
  expect((await run(['no-such-program'])).exitCode).toBe(127);
});

test('many at once get each their own answer', async () => {
  const numbers = Array.from({ length: 40 }, (_, n) => String(n));
  const all = await Promise.all(
    numbers.map(async (n) => await run(['sh', '-c', `cat; echo ${n}`], `<${n}>`)),
  );
  expect(all.map(({ out }) => out.toString())).toEqual(numbers.map((n) => `<${n}>${n}\n`));
});

test('a killed shell fails its command, and the next one gets another', async () => {
  await expect(run(['sh', '-c', 'kill -9 $PPID'])).rejects.toThrow('the shell that starts git was killed');
  expect((await run(['echo', 'on'])).out.toString()).toBe('on\n');
});

test('a shell that is let go takes its files along', async () => {
  const shell = await startShell();
  const { out } = await shell.run({ folder: '/', command: ['readlink', '/proc/self/fd/0'], input: 'x' });
  const file = out.toString().trim();
  expect(existsSync(file)).toBe(true);
  shell.close();
  await vi.waitUntil(() => !existsSync(file), { timeout: 5000 });
});
