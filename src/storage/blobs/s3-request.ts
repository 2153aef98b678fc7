import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { placeInWords, type S3Place } from '../../contract/artifacts.js';
import { UserError } from '../../contract/user-error.js';

/** What signs requests; they may be short-lived, so they are asked for each time. */
export interface AwsKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface Bucket {
  place: S3Place;
  keys: () => AwsKeys | null;
}

export interface Asked {
  method: 'GET' | 'PUT';
  /** hash that names the object */
  sha256: string;
  body?: Buffer;
  mediaType?: string;
}

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 250;
const LIMIT_MS = 60_000;

const where = (place: S3Place): string => `artifact store ${placeInWords({ kind: 's3', place })}`;

const urlOf = ({ bucket, prefix, endpoint, region }: S3Place, sha256: string): string => {
  const key = [...(prefix === '' ? [] : [prefix]), sha256.slice(0, 2), sha256].join('/');
  return endpoint === null
    ? `https://${bucket}.s3.${region}.amazonaws.com/${key}`
    : `${endpoint.replace(/\/+$/, '')}/${bucket}/${key}`;
};

const signed = async ({ place, keys }: Bucket, asked: Asked): Promise<{ url: string; init: RequestInit }> => {
  const found = keys();
  if (found === null)
    throw new UserError(
      'there are no keys to it',
      where(place),
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write them to ~/.aws/credentials.',
    );
  const body = asked.body === undefined ? undefined : new Uint8Array(asked.body);
  const signer = new AwsV4Signer({
    ...found,
    method: asked.method,
    url: urlOf(place, asked.sha256),
    headers: {
      'x-amz-content-sha256': createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
      ...(asked.mediaType === undefined ? {} : { 'content-type': asked.mediaType }),
    },
    ...(body === undefined ? {} : { body }),
    service: 's3',
    region: place.region,
  });
  const { method, url, headers } = await signer.sign();
  return {
    url: url.toString(),
    init: { method, headers, signal: AbortSignal.timeout(LIMIT_MS), ...(body === undefined ? {} : { body }) },
  };
};

/** What the server calls it, as `AccessDenied`. */
const codeOf = (status: number, text: string): string =>
  /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? `HTTP ${String(status)}`;

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : String(error);
};

const refusal = (place: S3Place, code: string): UserError =>
  new UserError(
    `refuses: ${code}`,
    where(place),
    code === 'NoSuchBucket'
      ? 'Make the bucket, or correct AUTOLIFT_ARTIFACTS.'
      : 'Correct AUTOLIFT_ARTIFACTS, the keys (AWS_ACCESS_KEY_ID, ~/.aws) or what they may do: read and write objects.',
  );

/** Asks a bucket, and again while it stumbles; null: it has no such object. */
export const askBucket = async (bucket: Bucket, asked: Asked): Promise<Buffer | null> => {
  let trouble = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    const { url, init } = await signed(bucket, asked);
    try {
      const answer = await fetch(url, init);
      if (answer.ok) return Buffer.from(await answer.arrayBuffer());
      trouble = codeOf(answer.status, await answer.text());
      if (answer.status === 404 && trouble !== 'NoSuchBucket' && asked.method === 'GET') return null;
      if (answer.status < 500 && answer.status !== 429) throw refusal(bucket.place, trouble);
    } catch (error) {
      if (error instanceof UserError) throw error;
      trouble = reasonOf(error);
    }
  }
  throw new UserError(
    `can't be reached: ${trouble}`,
    where(bucket.place),
    'Nothing is lost; it is tried again until it answers.',
  );
};
