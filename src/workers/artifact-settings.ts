import { isAbsolute, join } from 'node:path';
import type { ArtifactPlace } from '../contract/artifacts.js';
import { UserError } from '../contract/user-error.js';
import { type BlobStore, openBlobStore, openS3Store } from '../storage/blobs/index.js';
import { awsKeys } from './aws-keys.js';
import type { Environment } from './environment.js';

export const ARTIFACTS = 'AUTOLIFT_ARTIFACTS';

const KNOWN = new Set(['endpoint', 'region']);

const refuse = (what: string): never => {
  throw new UserError(
    what,
    ARTIFACTS,
    'Name an absolute folder, or s3://bucket/prefix?endpoint=https://host&region=name; keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from ~/.aws.',
  );
};

const readBucket = (text: string, environment: Environment): ArtifactPlace => {
  const [, bucket = '', path = '', query = ''] = /^s3:\/\/([^/?#]*)([^?#]*)\??([^#]*)$/.exec(text) ?? [];
  const asked = new URLSearchParams(query);
  const unknown = [...asked.keys()].find((name) => !KNOWN.has(name));
  if (unknown !== undefined) return refuse(`"${unknown}" is no option of a bucket`);
  if (!/^[\w.-]+$/.test(bucket)) return refuse('it names no bucket');
  if (!/^[\w./-]*$/.test(path)) return refuse('its prefix has other signs than letters, digits and ._-/');
  const endpoint =
    asked.get('endpoint') || environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'] || null;
  if (endpoint !== null && !/^https?:\/\/[^@\s]+$/.test(endpoint)) return refuse('its endpoint is no URL');
  const region = asked.get('region') || environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'];
  const prefix = path.replace(/^\/+|\/+$/g, '');
  return { kind: 's3', place: { bucket, prefix, endpoint, region: region || 'us-east-1' } };
};

/** Where large things are kept; the device worker reads the same setting (s3_place.py). */
export const readArtifacts = (environment: Environment, home: string): ArtifactPlace => {
  const text = environment[ARTIFACTS];
  if (!text) return { kind: 'directory', folder: join(home, 'blobs') };
  if (text.startsWith('s3://')) return readBucket(text, environment);
  return isAbsolute(text) ? { kind: 'directory', folder: text } : refuse(`"${text}" is no absolute folder`);
};

export const openArtifacts = (artifacts: ArtifactPlace, environment: Environment): BlobStore =>
  artifacts.kind === 'directory'
    ? openBlobStore(artifacts.folder)
    : openS3Store({ place: artifacts.place, keys: () => awsKeys(environment) });
