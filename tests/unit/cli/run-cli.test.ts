import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.js';
import { runCli } from '../../../src/cli/run-cli.js';
import { fakeTerminal } from './fake-terminal.js';

const cli = async (...words: string[]) => {
  const terminal = fakeTerminal('/');
  const code = await runCli(words, terminal);
  return { code, out: terminal.printed.join('\n'), err: terminal.said.join('\n') };
};

test('autolift alone shows every command', async () => {
  const { code, out } = await cli();
  expect(code).toBe(0);
  for (const name of Object.keys(COMMANDS)) expect(out).toContain(`\n  ${name} `);
});

test('an unknown command is answered with the nearest one', async () => {
  expect(await cli('stauts')).toMatchInlineSnapshot(`
    {
      "code": 2,
      "err": "autolift: unknown command "stauts" — did you mean "status"?
      \`autolift --help\` lists the commands.",
      "out": "",
    }
  `);
  expect((await cli('constructor')).code).toBe(2);
});

test('an unknown flag is answered with the nearest one', async () => {
  expect(await cli('init', '--froce')).toMatchInlineSnapshot(`
    {
      "code": 2,
      "err": "autolift init: unknown flag --froce — did you mean "--force"?
      \`autolift init --help\` lists its flags.",
      "out": "",
    }
  `);
});

test('a flag without its value is told so', async () => {
  expect((await cli('export', '--format')).err).toMatchInlineSnapshot(`
    "autolift export: --format needs a value
      \`autolift export --help\` shows examples."
  `);
  expect((await cli('run', '--tag', '--json')).err).toMatchInlineSnapshot(`
    "autolift run: --tag needs a value
      \`autolift run --help\` shows examples."
  `);
});

test('a number that is none is told with its flag', async () => {
  expect((await cli('run', '--experiments', 'many')).err).toMatchInlineSnapshot(`
    "--experiments: "many" is not a whole number of at least 1
      Write it like --experiments 20."
  `);
  expect((await cli('run', '--concurrency', '0')).code).toBe(2);
});

test('too few and too many arguments are told', async () => {
  expect((await cli('steer')).err).toMatchInlineSnapshot(`
    "autolift steer: HINT is missing
      \`autolift steer --help\` shows examples."
  `);
  expect((await cli('init', 'a', 'b')).err).toMatchInlineSnapshot(`
    "autolift init: unexpected argument "b"
      \`autolift init --help\` shows its arguments."
  `);
});

test.each(Object.keys(COMMANDS))('%s --help shows at least two examples and the exit codes', async (name) => {
  const { code, out } = await cli(name, '--help');
  expect(code).toBe(0);
  const examples = out
    .slice(out.indexOf('EXAMPLES'))
    .split('\n')
    .filter((line) => line.startsWith('  autolift '));
  expect(examples.length).toBeGreaterThanOrEqual(2);
  for (const example of examples) expect(example).toContain(`autolift ${name}`);
  expect(out).toContain('Exit codes: 0 done');
});

test('a device class that no task can name is refused before a worker starts', async () => {
  const { code, err } = await cli('worker', 'device', '--class', 'x y');
  expect(code).toBe(2);
  expect(err).toContain('--class: "x y" is not the name of a device class');
});
