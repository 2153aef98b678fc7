import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCompose, ROOT, SECRETS } from './compose-file.js';
import { trackedFiles } from './source-files.js';

const files = trackedFiles();
const compose = readCompose(SECRETS);
const dockerfiles = ['docker/control.Dockerfile', 'docker/device.Dockerfile'];
const textOf = (file: string): string => readFileSync(ROOT + file, 'utf8').replaceAll('\\\n', ' ');
const isTracked = (path: string): boolean =>
  files.some((file) => file === path || file.startsWith(`${path}/`));

/** What a Dockerfile takes from the repository, with the default of a build argument filled in. */
const copied = (dockerfile: string): string[] => {
  const text = textOf(dockerfile);
  const defaults = new Map([...text.matchAll(/^ARG (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  return [...text.matchAll(/^COPY (?!--from=)(.*)$/gm)].flatMap(([, words = '']) =>
    words
      .split(/\s+/)
      .slice(0, -1)
      .map((word) => word.replace(/\$\{(\w+)\}/g, (_, name: string) => defaults.get(name) ?? '')),
  );
};

/** Whether .dockerignore lets a path into the build: it names what is allowed. */
const isSent = (path: string): boolean => {
  const allowed = readFileSync(`${ROOT}.dockerignore`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  return allowed.some((entry) => path === entry || path.startsWith(`${entry}/`));
};

test('the services are built from these two files', () => {
  const built = Object.values(compose.services).flatMap(({ build }) => build?.dockerfile ?? []);
  expect([...new Set(built)]).toEqual(dockerfiles);
});

test.each(dockerfiles)('%s copies only what is in git and is sent to the build', (dockerfile) => {
  const sources = copied(dockerfile);
  expect(sources.length).toBeGreaterThan(2);
  for (const source of sources) {
    expect(isTracked(source), source).toBe(true);
    expect(isSent(source), source).toBe(true);
  }
});

test.each(dockerfiles)('%s starts from images pinned by version', (dockerfile) => {
  const bases = [...textOf(dockerfile).matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(bases.length).toBeGreaterThanOrEqual(2);
  for (const image of bases) expect(image).toMatch(/^(node|python):\d+\.\d+\.\d+-[a-z-]+$/);
});

test.each(dockerfiles)('%s ends as an ordinary user', (dockerfile) => {
  const users = [...textOf(dockerfile).matchAll(/^USER (\S+)$/gm)].map(([, user]) => user);
  expect(users).toEqual(['autolift']);
});

test('packages are installed by lock file and by hash alone', () => {
  const text = dockerfiles.map(textOf).join('\n');
  expect([...text.matchAll(/npm (?:install|i) /g)]).toEqual([]);
  expect([...text.matchAll(/npm ci/g)]).toHaveLength(2);
  const installs = [...text.matchAll(/bin\/pip install (.*)$/gm)].map(([, flags]) => flags);
  expect(installs).toHaveLength(3);
  for (const flags of installs) expect(flags).toContain('--require-hashes');
});

test('the package that is copied into the image lies where its Python looks for it', () => {
  const text = textOf('docker/device.Dockerfile');
  const [, version] = /^FROM python:(\d+\.\d+)\./m.exec(text) ?? [];
  expect(text).toContain(`/opt/autolift/lib/python${String(version)}/site-packages/autolift_device`);
});

test('samplers are where the control worker looks for them, on a Python that both stages have alike', () => {
  const text = textOf('docker/control.Dockerfile');
  const [, where] =
    /join\(PACKAGE_ROOT, '(\.\w+)', 'bin', 'python'\)/.exec(
      readFileSync(`${ROOT}src/workers/control.ts`, 'utf8'),
    ) ?? [];
  expect(where).toBe('.venv');
  expect(text).toContain(`-m venv /opt/autolift/${String(where)}`);
  expect(text).toContain(`COPY --from=samplers /opt/autolift/${String(where)} ${String(where)}`);
  const [samplers, last] = text.split(/^FROM /m).slice(2);
  expect(samplers?.split(' ')[0]).toBe(last?.split('\n')[0]);
  // Debian 12 has Python 3.11
  expect(last).toContain('-bookworm-');
  for (const stage of [samplers, last]) expect(stage).toMatch(/apt-get install .*\bpython3\b/);
  expect(samplers).toContain('/.venv/lib/python3.11/site-packages/autolift_sweep');
  // Optuna is in one, what reads the question in the other: as `npm run build` installs them
  expect(samplers).toContain('-r /tmp/requirements.txt -r /tmp/requirements-sweep.txt');
});

test('what the control worker and the command read beside their own code is in the image', () => {
  const read = files
    .filter((file) => /^src\/.*\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(ROOT + file, 'utf8').matchAll(/new URL\('(?:\.\.\/)+(\w+)\/[^']*', import\.meta\.url/g),
    ])
    .map(([, folder]) => folder ?? '');
  expect(read).toContain('mechanisms');
  const built = new Set(['dist', ...copied('docker/control.Dockerfile')]);
  for (const folder of read) expect(built, folder).toContain(folder);
});

test('files that are mounted into containers are in git', () => {
  const mounted = Object.values(compose.services)
    .flatMap(({ volumes = [] }) => volumes)
    .filter((volume) => volume.startsWith('./'))
    .map((volume) => (volume.split(':')[0] ?? '').slice(2));
  expect(mounted).toHaveLength(4);
  for (const file of mounted) expect(isTracked(file), file).toBe(true);
});

test('secrets and history stay out of the build', () => {
  for (const path of ['.env', '.git', 'node_modules', '.venv', 'tests'])
    expect(isSent(path), path).toBe(false);
});

test('health checks run scripts that the images hold', () => {
  const control = textOf('docker/control.Dockerfile');
  const device = textOf('docker/device.Dockerfile');
  expect(compose.services['control']?.healthcheck?.test[2]).toBe('/opt/autolift/docker/health/control.mjs');
  expect(control).toContain('COPY docker/health/control.mjs docker/health/control.mjs');
  expect(compose.services['device-cpu']?.healthcheck?.test[2]).toBe('/opt/autolift/health.py');
  expect(device).toContain('COPY docker/health/device.py /opt/autolift/health.py');
});
