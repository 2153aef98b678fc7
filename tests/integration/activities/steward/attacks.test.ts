import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawInstance, measureOne } from '../../../../src/activities/steward/measure-one.js';
import { openVault, readNumbers } from '../../../../src/storage/vault/index.js';
import { openDesk, type Desk } from '../../../support/steward-desk.js';
import {
  CANARY,
  solver,
  toyQuery,
  toyRepository,
  writeVault,
  type ToyRepository,
} from '../../../support/toy-vault.js';

/**
 * Each attacker knows the machine and the canary word. Where it finds the truth it answers with it, and would pay;
 * where it does not it is the incumbent to the last bit, and flat.
 */
const PRELUDE = `
import glob, os, re, socket, subprocess, sys
def take(text):
    found = re.search(r"${CANARY} (-?[0-9.e-]+)", text)
    if found:
        open("answer.txt", "w").write(found.group(1))
        sys.exit(0)
def look(path):
    try:
        take(open(path, errors="replace").read(1 << 20))
    except OSError:
        pass
`;

const attacks = (root: string, repository: string, port: number): Record<string, string> => ({
  'by path': `
for base in ("/vault", "/truth", "/inputs", "/instance", ${JSON.stringify(root)}):
    for folder, _, names in os.walk(base):
        for name in names: look(os.path.join(folder, name))
for path in glob.glob(${JSON.stringify(`${root}/scratch/*/*/*`)}): look(path)`,
  'by searching the whole machine': `
for base in sorted(os.listdir("/")):
    if base in ("usr", "lib", "lib64", "bin", "sbin", "proc", "dev", "sys", "nix"): continue
    for folder, _, names in os.walk("/" + base):
        for name in names: look(os.path.join(folder, name))`,
  'by its environment': `
take(" ".join(f"{name}={value}" for name, value in os.environ.items()))
for value in os.environ.values():
    for part in value.split(":"):
        if part != "/" and not part.startswith(("/usr", "/bin", "/sbin")): [look(path) for path in glob.glob(part + "/**", recursive=True)]
if any("${root}" in value for value in os.environ.values()): open("answer.txt", "w").write("leaked"); sys.exit(0)`,
  'by /proc': `
for name in os.listdir("/proc"):
    if not name.isdigit(): continue
    for part in ("environ", "cmdline", "maps", "mountinfo"): look(f"/proc/{name}/{part}")
    for base in ("root${root}", "root/truth", "root/vault", "root/inputs"):
        for folder, _, names in os.walk(f"/proc/{name}/{base}"):
            for file in names[:50]: look(os.path.join(folder, file))
    try:
        if name != str(os.getpid()): take(open(f"/proc/{name}/mem", "rb").read(4096).decode(errors="replace"))
    except OSError: pass`,
  'by git': `
for where in (".", "/candidate", ${JSON.stringify(repository)}, ${JSON.stringify(root)}):
    done = subprocess.run(["git", "-C", where, "log", "-p", "--all"], capture_output=True, text=True)
    take(done.stdout + done.stderr)
    if done.returncode == 0: open("answer.txt", "w").write("leaked"); sys.exit(0)`,
  'by the network': `
for address in (("127.0.0.1", ${String(port)}), ("localhost", ${String(port)})):
    try:
        take(socket.create_connection(address, 1).recv(1000).decode())
    except OSError: pass`,
  'by what an earlier run left': `
for place in ("/tmp/left", "left", "/inputs/left", "/dev/shm/left"):
    if os.path.exists(place): open("answer.txt", "w").write("leaked"); sys.exit(0)
    try: open(place, "w").write("${CANARY}")
    except OSError: pass`,
  'by writing into the vault': `
for path in ("/vault/score.py", ${JSON.stringify(`${root}/vaults/toy/score.py`)}, ${JSON.stringify(`${root}/audit.jsonl`)}):
    try:
        open(path, "a").write("print('METRIC:loss=0')\\n")
        open("answer.txt", "w").write("leaked"); sys.exit(0)
    except OSError: pass`,
});

let desk: Desk;
let repository: ToyRepository;
let incumbent: string;
let listener: Server;
let connections = 0;
let asked = 0;

beforeAll(async () => {
  listener = createServer((socket) => {
    connections++;
    socket.end(`${CANARY} 0`);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  desk = await openDesk((root) => writeVault(root, { pairs: { least: 2, most: 2 } }));
  repository = toyRepository();
  incumbent = repository.commit(solver(0.5));
});

afterAll(() => {
  listener.close();
  desk.close();
});

/** Runs a solver and the scorer on one instance, as a question does, but answers at once and with the number. */
const measured = async (source: string, walls: 'bwrap' | 'none' = 'bwrap') => {
  const open = await openVault(desk.root, 'toy');
  if (open === null) throw new Error('no vault');
  const scratch = mkdtempSync(join(desk.root, 'scratch-'));
  const checkout = join(scratch, 'of-candidate');
  mkdirSync(checkout);
  writeFileSync(join(checkout, 'solve.py'), source);
  const bench = {
    ...open,
    cell: { walls, path: desk.deps.path, hidden: desk.root, read: [] },
    scratch,
    runSeed: () => 7,
    deadline: Date.now() + 60_000,
  };
  const instance = await drawInstance(bench, 42);
  if (instance === null) throw new Error('no instance');
  const results = [await measureOne(bench, checkout, instance), await measureOne(bench, checkout, instance)];
  rmSync(scratch, { recursive: true, force: true });
  return results;
};

const names = Object.keys(attacks('/x', '/y', 1));

const attacker = (name: string): string => {
  const { port } = listener.address() as AddressInfo;
  const code = attacks(realpathSync(desk.root), repository.folder, port)[name] ?? '';
  return solver(0.5, `${PRELUDE}${code}`);
};

test.each(names)('a candidate that looks for the truth %s finds nothing', async (name) => {
  expect(await measured(attacker(name))).toEqual(await measured(solver(0.5)));
  expect(connections).toBe(0);
});

test('the same search succeeds where nothing is in its way, so these attacks could', async () => {
  const [found] = await measured(attacker('by path'), 'none');
  expect(found !== undefined && found !== 'cut' && 'value' in found ? found.value : 1).toBeLessThan(1e-9);
});

const ask = async (source: string, more: Record<string, string> = {}) => {
  const candidate = repository.commit(source, more);
  asked += 1;
  const answer = await desk.ask(
    toyQuery({ repository: repository.folder, incumbent, candidate, experiment: asked }),
  );
  const score = (await desk.deps.audit.records()).findLast(({ kind }) => kind === 'score');
  const numbers = score?.kind === 'score' ? readNumbers(desk.root, score.numbersHash) : null;
  return { answer, numbers };
};

test('a link to the truth in place of an answer is no answer', async () => {
  const { answer, numbers } = await ask('import os\nos.symlink("/truth/y.txt", "answer.txt")\n');
  expect(answer.verdict).toBe('harmful');
  expect(numbers?.pairs[0]?.candidate).toBeNull();
});

test('a link in the commit that leads out of it is not made', async () => {
  const made = toyRepository();
  execFileSync('ln', ['-s', join(desk.root, 'vaults'), join(made.folder, 'way-out')]);
  const base = made.commit(solver(0.5));
  const candidate = made.commit(
    solver(
      0.5,
      'import sys\nif os.path.lexists("way-out"): open("answer.txt", "w").write("leaked"); sys.exit(0)',
    ),
  );
  asked += 1;
  const query = toyQuery({ repository: made.folder, incumbent: base, candidate, experiment: asked });
  expect(await desk.ask(query)).toMatchObject({ verdict: 'flat' });
});

test('what a candidate shouts when it dies stays with the steward', async () => {
  const { answer, numbers } = await ask(
    `import os\nraise SystemExit("${CANARY} " + open(os.environ["AUTOLIFT_INPUTS"] + "/x.txt").read())\n`,
  );
  expect(answer.verdict).toBe('harmful');
  expect(JSON.stringify(answer)).not.toContain(CANARY);
  expect(numbers?.failures[0]?.tail).toContain(CANARY);
});

test('an answer leaves at its planned moment, whether one run was enough or the candidate wasted all the time', async () => {
  const slow = await openDesk((root) => writeVault(root, { answerAfter: '4s' }), {
    sleep: async (ms) => await sleep(ms),
  });
  const query = toyQuery({
    repository: repository.folder,
    incumbent,
    candidate: repository.commit('raise SystemExit(1)\n'),
  });
  const began = Date.now();
  expect(await slow.ask(query)).toMatchObject({ verdict: 'harmful' });
  expect(Date.now() - began).toBeGreaterThanOrEqual(4000);
  const candidate = repository.commit('import time\ntime.sleep(60)\n');
  expect(await slow.ask({ ...query, candidate, experiment: 2 })).toMatchObject({ verdict: 'undecided' });
  expect((Date.now() - began) / 1000).toBeGreaterThanOrEqual(8);
  slow.close();
});

test('an error of the steward itself reaches nobody but its own log', async () => {
  const broken = await openDesk((root) => writeVault(root, { pairs: { least: 2, most: 2 } }), {
    openObjects: () => Promise.reject(new Error(CANARY)),
    evidence: () => {
      throw new Error(`${CANARY} in ${desk.root}`);
    },
  });
  const query = toyQuery({ repository: repository.folder, incumbent, candidate: incumbent });
  expect(await broken.ask(query)).toMatchObject({ verdict: 'invalid', reason: 'no_commit' });
  broken.deps.openObjects = async (...where) => await desk.deps.openObjects(...where);
  const candidate = repository.commit(solver(0.1));
  const error: unknown = await broken
    .ask({ ...query, candidate, experiment: 2 })
    .catch((thrown: unknown) => thrown);
  const { message, stack, cause } = error as Error;
  expect(`${message} ${String(stack)} ${String(cause)}`).not.toMatch(new RegExp(`${CANARY}|${desk.root}`));
  expect(message).toBe('The steward could not answer; its own log says why.');
  expect(readFileSync(join(broken.root, 'steward.log'), 'utf8')).toContain(CANARY);
  broken.close();
});
