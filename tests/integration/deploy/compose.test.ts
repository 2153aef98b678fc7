import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../../src/contract/names.js';
import { readSettings } from '../../../src/workers/settings.js';
import { COMPOSE_TEXT, readCompose, ROOT, SECRETS, variables, type Service } from './compose-file.js';
import { sourcesNaming } from './source-files.js';

const compose = readCompose(SECRETS);
const services = Object.entries(compose.services);
const named = (name: string): Service => {
  const service = compose.services[name];
  if (!service) throw new Error(`there is no service ${name}`);
  return service;
};
const isJob = ({ restart }: Service): boolean => restart.startsWith('on-failure');

const schema = JSON.parse(readFileSync(`${ROOT}tests/fixtures/compose-spec.json`, 'utf8')) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
const isCompose = ajv.compile(schema);

test('the file is valid by the schema of the Compose Specification', () => {
  isCompose(compose);
  expect(isCompose.errors ?? []).toEqual([]);
});

test('the schema finds a misspelt key and wrong types', () => {
  const broken = (change: object) => ({ services: { one: { image: 'a:1', ...change } } });
  expect(isCompose(broken({}))).toBe(true);
  expect(isCompose(broken({ comand: ['x'] }))).toBe(false);
  expect(isCompose(broken({ ports: '80:80' }))).toBe(false);
  expect(isCompose(broken({ healthcheck: { timeout: 5 } }))).toBe(false);
});

test.each(Object.keys(SECRETS))('nothing starts without %s', (name) => {
  const { [name as keyof typeof SECRETS]: _, ...others } = SECRETS;
  expect(() => readCompose(others)).toThrow(`${name}: set it in .env`);
});

test('no secret has a default, in the file or in the example', () => {
  const secret = /PASSWORD|SECRET|TOKEN|_KEY/;
  for (const { name, otherwise } of variables()) if (secret.test(name)) expect(otherwise, name).toBeNull();
  const example = readFileSync(`${ROOT}docker/env.example`, 'utf8');
  for (const [, name = '', value] of example.matchAll(/^#?([A-Z_]+)=(.*)$/gm))
    if (secret.test(name)) expect(value, name).toBe('');
});

test('the example of .env names each variable that the file takes, and no other', () => {
  const example = readFileSync(`${ROOT}docker/env.example`, 'utf8');
  const offered = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  const passedOn = Object.entries(named('control').environment ?? {})
    .filter(([, value]) => value === null)
    .map(([name]) => name);
  expect(new Set(offered)).toEqual(new Set([...variables().map(({ name }) => name), ...passedOn]));
});

test('the defaults that the example shows are those of the file', () => {
  const example = readFileSync(`${ROOT}docker/env.example`, 'utf8');
  const shown = new Map([...example.matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]));
  // a folder and a class are examples of what to set, not defaults
  const examples = ['AUTOLIFT_TASKS', 'AUTOLIFT_GPU_CLASS'];
  for (const { name, otherwise } of variables())
    if (otherwise !== null && !examples.includes(name)) expect(shown.get(name), name).toBe(otherwise);
});

test.each(services)('%s is built here or its image is pinned by version', (_, { image, build }) => {
  expect(image === undefined).toBe(build !== undefined);
  if (image) expect(image).toMatch(/^[a-z/-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
});

test.each(services)('%s has limits for processor and memory', (_, { deploy }) => {
  expect(deploy.resources.limits.cpus).toBeTruthy();
  expect(deploy.resources.limits.memory).toBeTruthy();
});

test('what stays up restarts by itself and says whether it is well', () => {
  const staying = services.filter(([, service]) => !isJob(service));
  expect(staying.map(([name]) => name)).toEqual([
    ...['postgres', 'temporal', 'temporal-ui', 'control', 'device-cpu', 'device-gpu'],
  ]);
  for (const [name, { restart, healthcheck }] of staying) {
    expect(restart, name).toBe('unless-stopped');
    expect(healthcheck?.test[0], name).toBe('CMD');
  }
});

test('times are written as Compose reads them', () => {
  const times = [...COMPOSE_TEXT.matchAll(/\b(?:interval|timeout|start_\w+|stop_grace_period): (\S+)$/gm)];
  expect(times.length).toBeGreaterThan(6);
  for (const [line, time] of times) expect(time, line).toMatch(/^(\d+m)?(\d+s)?$/);
});

test('a job is waited for to its end, a server until it is healthy', () => {
  for (const [name, { depends_on: wanted = {} }] of services)
    for (const [needed, { condition }] of Object.entries(wanted))
      expect(condition, `${name} on ${needed}`).toBe(
        isJob(named(needed)) ? 'service_completed_successfully' : 'service_healthy',
      );
  const waitedFor = services.flatMap(([, { depends_on: wanted = {} }]) => Object.keys(wanted));
  for (const [name, service] of services) if (isJob(service)) expect(waitedFor).toContain(name);
});

test('ports are published on the loopback alone', () => {
  const ports = services.flatMap(([, service]) => service.ports ?? []);
  expect(ports).toHaveLength(2);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test('device workers reach no database, hold no secret, and only read the repositories', () => {
  expect(compose.networks['data']?.internal).toBe(true);
  expect(named('postgres').networks).toEqual(['data']);
  for (const name of ['device-cpu', 'device-gpu']) {
    const device = named(name);
    expect(device.networks, name).toEqual(['engine']);
    expect(JSON.stringify(device), name).not.toMatch(/secret-of|OPENAI|DATABASE_URL/);
    expect(
      device.volumes?.find((volume) => volume.includes(':/tasks')),
      name,
    ).toBe('tasks:/tasks:ro');
    expect(device.security_opt, name).toContain('no-new-privileges=true');
  }
});

test('the GPU worker is asked for by a profile and reserves NVIDIA devices', () => {
  expect(named('device-gpu').profiles).toEqual(['gpu']);
  expect(named('device-gpu').deploy.resources).toMatchObject({
    reservations: { devices: [{ driver: 'nvidia', capabilities: ['gpu'] }] },
  });
  expect(services.filter(([, { profiles }]) => profiles).map(([name]) => name)).toEqual(['device-gpu']);
});

test('the control worker reads its whole configuration from its environment', () => {
  const { environment = {} } = named('control');
  const settings = readSettings(
    Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? undefined])),
  );
  expect(settings.temporal).toMatchObject({
    kind: 'external',
    address: 'temporal:7233',
    namespace: 'autolift',
    uiUrl: 'http://127.0.0.1:8233',
  });
  expect(settings.database).toEqual({
    kind: 'external',
    url: 'postgresql://autolift:secret-of-ledger@postgres:5432/autolift',
  });
  expect([settings.home, settings.artifacts]).toEqual([
    '/data',
    { kind: 'directory', folder: '/data/blobs' },
  ]);
});

test('each variable that our own services get is read by somebody', () => {
  // read by Temporal's client libraries and by NVIDIA's container runtime and driver
  const others = ['TEMPORAL_NAMESPACE', 'NVIDIA_DRIVER_CAPABILITIES', 'CUDA_DEVICE_ORDER'];
  const given = ['control', 'device-cpu', 'device-gpu'].flatMap((name) =>
    Object.keys(named(name).environment ?? {}),
  );
  for (const name of new Set(given))
    if (!others.includes(name)) expect(sourcesNaming(name), name).not.toEqual([]);
});

test('device workers keep their blobs where the control worker reads them', () => {
  const blobs = (name: string) => named(name).volumes?.find((volume) => volume.startsWith('blobs:'));
  for (const name of ['control', 'device-cpu', 'device-gpu']) {
    expect(blobs(name), name).toBe('blobs:/data/blobs');
    expect(named(name).environment?.['AUTOLIFT_ARTIFACTS'], name).toBe('/data/blobs');
  }
});

test('the namespace job makes the search attributes of the contract', () => {
  const script = readFileSync(`${ROOT}docker/temporal/namespace.sh`, 'utf8');
  const made = [...script.matchAll(/--name (\w+) --type (\w+)/g)].map(([, name, type]) => [name, type]);
  expect(Object.fromEntries(made)).toEqual(SEARCH_ATTRIBUTES);
});

test('the dynamic configuration is a list of values for each key', () => {
  const config = parse(readFileSync(`${ROOT}docker/temporal/dynamic-config.yaml`, 'utf8')) as object;
  expect(Object.keys(config)).toContain('history.transferProcessorMaxPollRPS');
  for (const [key, values] of Object.entries(config)) {
    expect(values, key).toEqual([{ value: expect.anything() as unknown }]);
  }
});

test('the file names no volume or network that nobody uses', () => {
  const text = COMPOSE_TEXT.slice(0, COMPOSE_TEXT.lastIndexOf('\nnetworks:'));
  for (const name of [...Object.keys(compose.volumes), ...Object.keys(compose.networks)])
    expect(text, name).toMatch(new RegExp(`[\\[ -]${name}[:,\\]}]`));
});
