import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blobId } from '../../../../src/storage/git/blob-id.js';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchRepository, userGit, writeFiles } from './scratch-repository.js';

test('files are listed below a prefix with mode, id and size', async () => {
  const folder = scratchRepository({ 'task/träin.py': 'abc', 'task/deep/x': '', 'task2/y': '1' });
  const repository = await openRepository(folder);
  const head = userGit(folder, 'rev-parse', 'HEAD');
  expect(await repository.listFiles(head, 'task')).toEqual([
    { path: 'deep/x', mode: '100644', oid: blobId(''), size: 0 },
    { path: 'träin.py', mode: '100644', oid: blobId('abc'), size: 3 },
  ]);
  expect((await repository.listFiles(head, '')).map(({ path }) => path)).toContain('task2/y');
  expect(await repository.listFiles(head, 'nowhere')).toEqual([]);
});

test('revisions resolve to full hashes and everything else to null', async () => {
  const folder = scratchRepository();
  const repository = await openRepository(folder);
  expect(await repository.resolve('main')).toBe(userGit(folder, 'rev-parse', 'HEAD'));
  for (const name of ['nope', '--all', 'HEAD:train.py', ''])
    expect(await repository.resolve(name)).toBeNull();
});

test('bytes are read as they are, and what is no file is null', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const folder = scratchRepository({ 'x.bin': bytes, 'd/y': 'y\n', empty: '' });
  const repository = await openRepository(folder);
  const files = await repository.readFiles('HEAD', ['x.bin', 'd', 'missing file', 'empty', 'd/y']);
  expect(files.map((file) => file?.toString('hex') ?? null)).toEqual([
    bytes.toString('hex'),
    null,
    null,
    '',
    '790a',
  ]);
});

test('a diff is relative to the task and cut at its limit', async () => {
  const folder = scratchRepository({ 'task/a.py': 'one\n', 'other.py': '1\n' });
  writeFiles(folder, { 'task/a.py': 'two\n', 'other.py': '2\n' });
  userGit(folder, 'commit', '-qam', 'next');
  const repository = await openRepository(folder);
  const whole = await repository.diff('HEAD~1', 'HEAD', { prefix: 'task', maxBytes: 10_000 });
  expect(whole).toMatch(/^diff --git a\/a\.py b\/a\.py\n[^]*\n-one\n\+two\n$/);
  const short = await repository.diff('HEAD~1', 'HEAD', { prefix: 'task', maxBytes: 90 });
  expect(short).toMatch(
    /^diff --git a\/a\.py b\/a\.py\n[^]*\n\[\d+ more bytes of this diff are left out\]\n$/,
  );
});

test('replace refs do not change what a hash means', async () => {
  const folder = scratchRepository({ 'train.py': 'real' });
  const head = userGit(folder, 'rev-parse', 'HEAD');
  writeFiles(folder, { 'train.py': 'fake' });
  userGit(folder, 'commit', '-qam', 'fake');
  userGit(folder, 'replace', head, 'HEAD');
  const repository = await openRepository(folder);
  expect((await repository.readFile(head, 'train.py'))?.toString()).toBe('real');
});

const PYTHON_RULE = `
import hashlib, json, subprocess, sys
command, commit, prefix, protected = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
rows = []
listed = subprocess.run(["git", "ls-tree", "-r", "-z", commit, prefix + "/"], capture_output=True, check=True).stdout
for entry in listed.split(b"\\0")[:-1]:
    meta, path = entry.split(b"\\t", 1)
    mode, kind, oid = meta.decode().split()
    name = path.decode()[len(prefix) + 1:]
    if name not in protected: continue
    data = subprocess.run(["git", "cat-file", "blob", oid], capture_output=True, check=True).stdout
    rows.append((path, [name, mode, hashlib.sha256(data).hexdigest()]))
files = [row for _, row in sorted(rows, key=lambda pair: pair[0])]
text = json.dumps({"command": command, "files": files}, separators=(",", ":"), ensure_ascii=False)
print(hashlib.sha256(text.encode()).hexdigest())
`;

test('the evaluator hash is what its rule, written down in Python, gives', async () => {
  const folder = scratchRepository({
    't/.empty-and-first': '',
    't/train.py': '1',
    't/evaluate.py': 'é',
    't/data/ü"\t.csv': Buffer.from([0, 255]),
    't/data/𝒳': 'astral',
    't/data/\uFF5Ewide': 'sorts differently by bytes and by code units',
    'elsewhere.py': '0',
  });
  symlinkSync('evaluate.py', join(folder, 't/link'));
  userGit(folder, 'add', '-A');
  chmodSync(join(folder, 't/evaluate.py'), 0o755);
  userGit(folder, 'commit', '-qam', 'more');
  const repository = await openRepository(folder);
  const head = userGit(folder, 'rev-parse', 'HEAD');
  const command = 'python3 evaluate.py "✓" && echo \\ \u2028';
  const guarded = ['.empty-and-first', 'evaluate.py', 'data/ü"\t.csv', 'data/𝒳', 'data/\uFF5Ewide', 'link'];
  const python = execFileSync('python3', ['-c', PYTHON_RULE, command, head, 't', ...guarded], {
    cwd: folder,
    encoding: 'utf8',
  });
  const spec = { command, editable: ['train.py'] };
  const hash = await repository.evaluatorHash(head, 't', spec);
  expect(hash).toBe(python.trim());
  expect(await repository.evaluatorHash(head, 't', { ...spec, command: 'other' })).not.toBe(hash);
  expect(await repository.evaluatorHash(head, 't', { ...spec, editable: ['train.py', 'data/**'] })).not.toBe(
    hash,
  );
  writeFiles(folder, { 't/train.py': '2', 'elsewhere.py': '1' });
  userGit(folder, 'commit', '-qam', 'editable only');
  expect(await repository.evaluatorHash('HEAD', 't', spec)).toBe(hash);
});
