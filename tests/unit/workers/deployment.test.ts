import { expect, test } from 'vitest';
import { UserError } from '../../../src/contract/user-error.js';
import { readDeployment } from '../../../src/workers/deployment.js';
import { readSettings } from '../../../src/workers/settings.js';

test('a worker has a version where its build is named, of a deployment that need not be', () => {
  expect(readDeployment({})).toBeNull();
  expect(readDeployment({ TEMPORAL_WORKER_BUILD_ID: 'v2' })).toEqual({
    deploymentName: 'autolift',
    buildId: 'v2',
  });
  const both = { TEMPORAL_DEPLOYMENT_NAME: 'lab', TEMPORAL_WORKER_BUILD_ID: 'v2' };
  expect(readDeployment(both)).toEqual({ deploymentName: 'lab', buildId: 'v2' });
});

test('a deployment without a build is a mistake that says what to set', () => {
  expect(() => readDeployment({ TEMPORAL_DEPLOYMENT_NAME: 'lab' })).toThrow(UserError);
  expect(() => readDeployment({ TEMPORAL_DEPLOYMENT_NAME: 'lab' })).toThrow(/TEMPORAL_WORKER_BUILD_ID/);
});

test('only workers of a server that somebody runs have versions: one that is started here has one build', () => {
  const build = { HOME: '/h', TEMPORAL_WORKER_BUILD_ID: 'v2' };
  expect(readSettings(build).deployment).toBeNull();
  const external = { ...build, TEMPORAL_ADDRESS: 'lab.example:7233' };
  expect(readSettings(external).deployment?.buildId).toBe('v2');
});
