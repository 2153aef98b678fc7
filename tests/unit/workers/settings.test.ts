import { expect, test } from 'vitest';
import { UserError } from '../../../src/contract/user-error.js';
import { readSettings } from '../../../src/workers/settings.js';

test('without variables everything is embedded, under the data folder of the user', () => {
  const settings = readSettings({ HOME: '/home/ada' });
  expect(settings.home).toBe('/home/ada/.local/share/autolift');
  expect(settings.artifacts).toEqual({
    kind: 'directory',
    folder: '/home/ada/.local/share/autolift/blobs',
  });
  expect(settings.database).toEqual({ kind: 'embedded', port: 54329 });
  expect(settings.temporal).toMatchObject({
    kind: 'embedded',
    address: '127.0.0.1:7233',
    namespace: 'default',
    uiUrl: 'http://127.0.0.1:8233',
  });
  expect(settings.cpuDevices).toBeGreaterThan(0);
});

test('XDG_DATA_HOME moves the home folder, AUTOLIFT_HOME names it', () => {
  expect(readSettings({ HOME: '/h', XDG_DATA_HOME: '/data' }).home).toBe('/data/autolift');
  expect(readSettings({ HOME: '/h', XDG_DATA_HOME: '/data', AUTOLIFT_HOME: '/a' }).home).toBe('/a');
});

test('a Temporal address makes the server external, with its namespace and key', () => {
  const { temporal } = readSettings({
    TEMPORAL_ADDRESS: 'lab.example:7233',
    TEMPORAL_NAMESPACE: 'research',
    TEMPORAL_API_KEY: 'secret',
  });
  expect(temporal).toMatchObject({
    kind: 'external',
    address: 'lab.example:7233',
    namespace: 'research',
    uiUrl: null,
  });
  expect(temporal.connection).toMatchObject({ address: 'lab.example:7233', apiKey: 'secret' });
});

test('a profile file that nobody asked for does not pull loops onto its server', () => {
  expect(readSettings({ HOME: '/h', XDG_CONFIG_HOME: '/h/.config' }).temporal.kind).toBe('embedded');
});

test('a profile file that is named but missing is an error that names it', () => {
  const read = () =>
    readSettings({ TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml', TEMPORAL_PROFILE: 'lab' });
  expect(read).toThrow(UserError);
});

test('DATABASE_URL makes the ledger external', () => {
  const { database } = readSettings({ DATABASE_URL: 'postgresql://u:p@db/ledger' });
  expect(database).toEqual({ kind: 'external', url: 'postgresql://u:p@db/ledger' });
});

test.each([
  ['AUTOLIFT_TEMPORAL_PORT', '70000'],
  ['AUTOLIFT_UI_PORT', 'http'],
  ['AUTOLIFT_POSTGRES_PORT', '-1'],
  ['AUTOLIFT_CPU_DEVICES', '0'],
  ['AUTOLIFT_CPU_DEVICES', '2.5'],
])('%s=%s is refused with its name', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(new RegExp(name));
});

test('the steward has a folder in the home, a namespace of its own, and the server of the loops', () => {
  const { steward, temporal } = readSettings({ HOME: '/h' });
  expect(steward).toMatchObject({
    wanted: false,
    namespace: 'autolift-steward',
    configured: true,
    publicKey: null,
  });
  expect(steward.root).toBe('/h/.local/share/autolift/steward');
  expect(steward.connection).toEqual(temporal.connection);
});

test("the steward's server and credentials can be other ones", () => {
  const { steward, temporal } = readSettings({
    TEMPORAL_ADDRESS: 'lab.example:7233',
    TEMPORAL_API_KEY: 'of-the-loops',
    AUTOLIFT_STEWARD_TEMPORAL_ADDRESS: 'vault.example:7233',
    AUTOLIFT_STEWARD_TEMPORAL_API_KEY: 'of-the-steward',
    AUTOLIFT_STEWARD_NAMESPACE: 'holdouts',
    AUTOLIFT_VAULTS: '/srv/vaults',
  });
  expect(steward).toMatchObject({ namespace: 'holdouts', root: '/srv/vaults', configured: true });
  expect(steward.connection).toMatchObject({ address: 'vault.example:7233', apiKey: 'of-the-steward' });
  expect(temporal.connection).toMatchObject({ address: 'lab.example:7233', apiKey: 'of-the-loops' });
});

test('on a server of somebody else the namespace must be named, and be another one than that of the loops', () => {
  expect(readSettings({ TEMPORAL_ADDRESS: 'lab.example:7233' }).steward.configured).toBe(false);
  const shared = { TEMPORAL_ADDRESS: 'lab.example:7233', AUTOLIFT_STEWARD_NAMESPACE: 'default' };
  expect(() => readSettings(shared)).toThrow(/the namespace of the loops[^]*a namespace of its own/);
});
