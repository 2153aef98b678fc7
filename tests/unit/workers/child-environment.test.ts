import { expect, test } from 'vitest';
import {
  controlEnvironment,
  deviceEnvironment,
  plainEnvironment,
  stewardEnvironment,
} from '../../../src/workers/child-environment.js';

const FULL = {
  PATH: '/bin',
  HOME: '/home/ada',
  LC_ALL: 'C',
  CUDA_VISIBLE_DEVICES: '1',
  TEMPORAL_ADDRESS: 'lab:7233',
  OPENAI_API_KEY: 'sk-secret',
  DATABASE_URL: 'postgresql://u:p@db/ledger',
  AWS_SECRET_ACCESS_KEY: 'secret',
  EMPTY: undefined,
};

test('a device worker sees the way to Temporal, and neither keys nor the ledger', () => {
  expect(Object.keys(deviceEnvironment(FULL))).toEqual([
    'MALLOC_ARENA_MAX',
    'MALLOC_TRIM_THRESHOLD_',
    'PATH',
    'HOME',
    'LC_ALL',
    'CUDA_VISIBLE_DEVICES',
    'TEMPORAL_ADDRESS',
  ]);
});

test('a device worker gets the keys of the artifact store only where that is a bucket', () => {
  const git = { SSH_AUTH_SOCK: '/agent', GIT_SSH_COMMAND: 'ssh -i key', https_proxy: 'http://proxy' };
  expect(deviceEnvironment({ ...FULL, ...git })).toMatchObject(git);
  const bucket = { ...FULL, AUTOLIFT_ARTIFACTS: 's3://logs' };
  expect(deviceEnvironment(bucket)).toMatchObject({
    AUTOLIFT_ARTIFACTS: 's3://logs',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  expect(deviceEnvironment({ ...FULL, AUTOLIFT_ARTIFACTS: '/mnt' })).not.toHaveProperty(
    'AWS_SECRET_ACCESS_KEY',
  );
});

test('a server does not even see the way to Temporal', () => {
  expect(plainEnvironment(FULL)).not.toHaveProperty('TEMPORAL_ADDRESS');
});

test('the control worker sees everything that is set', () => {
  expect(controlEnvironment(FULL)).toMatchObject({ OPENAI_API_KEY: 'sk-secret' });
  expect(controlEnvironment(FULL)).not.toHaveProperty('EMPTY');
});

test('the steward gets its own folder, keys and server, no model key and no ledger', () => {
  const own = { AUTOLIFT_VAULTS: '/v', AUTOLIFT_STEWARD_NAMESPACE: 'n', AUTOLIFT_MODEL: 'm' };
  const names = Object.keys(stewardEnvironment({ ...FULL, ...own }));
  expect(names).toEqual(
    expect.arrayContaining(['AUTOLIFT_VAULTS', 'AUTOLIFT_STEWARD_NAMESPACE', 'TEMPORAL_ADDRESS']),
  );
  for (const secret of ['OPENAI_API_KEY', 'DATABASE_URL', 'AWS_SECRET_ACCESS_KEY', 'AUTOLIFT_MODEL'])
    expect(names).not.toContain(secret);
  const apart = stewardEnvironment({ ...FULL, AUTOLIFT_STEWARD_TEMPORAL_ADDRESS: 'vault:7233' });
  expect(apart).not.toHaveProperty('TEMPORAL_ADDRESS');
});
