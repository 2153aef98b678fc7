import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readArtifacts } from '../../../src/workers/artifact-settings.js';
import { awsKeys } from '../../../src/workers/aws-keys.js';

const read = (text: string, more: Record<string, string> = {}) =>
  readArtifacts({ AUTOLIFT_ARTIFACTS: text, ...more }, '/home/ada');

test('without the setting artifacts are in the home folder, and a folder is taken as it is', () => {
  expect(readArtifacts({}, '/home/ada')).toEqual({ kind: 'directory', folder: '/home/ada/blobs' });
  expect(read('/mnt/logs')).toEqual({ kind: 'directory', folder: '/mnt/logs' });
});

test('a bucket is read with its prefix, endpoint and region', () => {
  expect(read('s3://logs/a/b/?endpoint=https://s3.lab:9000&region=lab')).toEqual({
    kind: 's3',
    place: { bucket: 'logs', prefix: 'a/b', endpoint: 'https://s3.lab:9000', region: 'lab' },
  });
  expect(read('s3://logs', { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://s3' })).toEqual({
    kind: 's3',
    place: { bucket: 'logs', prefix: '', endpoint: 'http://s3', region: 'eu-west-1' },
  });
});

test.each([
  's3://',
  's3://key:secret@logs',
  's3://logs?key=x',
  'blobs',
  'gs://logs',
  's3://logs/odd+folder',
  's3://b?endpoint=http://u:p@h',
])('%s is refused', (text) => {
  expect(() => read(text)).toThrow(/AUTOLIFT_ARTIFACTS: /);
});

test('keys come from the variables, else from the files of a profile, read anew each time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-aws-'));
  const file = join(folder, 'credentials');
  const config = join(folder, 'config');
  const files = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: config };
  expect(awsKeys(files)).toBeNull();
  writeFileSync(
    file,
    '[default]\naws_access_key_id = A\naws_secret_access_key=S\n\n[lab]\naws_access_key_id=L\n',
  );
  writeFileSync(config, '[profile lab]\naws_access_key_id=C\naws_secret_access_key=D\naws_session_token=T\n');
  expect(awsKeys(files)).toEqual({ accessKeyId: 'A', secretAccessKey: 'S' });
  expect(awsKeys({ ...files, AWS_PROFILE: 'lab' })).toEqual({
    accessKeyId: 'C',
    secretAccessKey: 'D',
    sessionToken: 'T',
  });
  expect(awsKeys({ ...files, AWS_ACCESS_KEY_ID: 'E', AWS_SECRET_ACCESS_KEY: 'F' })).toEqual({
    accessKeyId: 'E',
    secretAccessKey: 'F',
  });
});
