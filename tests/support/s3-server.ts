import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const S3_KEYS = { AWS_ACCESS_KEY_ID: 'AKTEST', AWS_SECRET_ACCESS_KEY: 's3cret' };

/** A bucket in memory that checks signatures (AWS Signature Version 4) by its own reckoning. */
export interface S3Server {
  url: string;
  objects: Map<string, Buffer>;
  /** so many requests are answered with 503 first */
  failures: number;
  /** why requests were turned away */
  refused: string[];
  close(): Promise<void>;
}

const BUCKET = 'logs';

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const strict = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const queryOf = (url: URL): string =>
  [...url.searchParams]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .toSorted()
    .join('&');

const FORM =
  /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;

const header = ({ headers }: IncomingMessage, name: string): string => String(headers[name] ?? '');

/** Why the signature is not right; empty if it is. */
const refusal = (request: IncomingMessage, body: Buffer): string => {
  const found = FORM.exec(header(request, 'authorization'));
  if (found === null) return 'AccessDenied';
  const [, key, day = '', region = '', names = '', signature] = found;
  if (key !== S3_KEYS.AWS_ACCESS_KEY_ID) return 'InvalidAccessKeyId';
  const content = header(request, 'x-amz-content-sha256');
  if (content !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const url = new URL(request.url ?? '', 'http://host');
  const headers = names
    .split(';')
    .map((name) => `${name}:${header(request, name).replace(/\s+/g, ' ').trim()}\n`);
  const canonical = [request.method, url.pathname, queryOf(url), headers.join(''), names, content].join('\n');
  const scope = [day, region, 's3', 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', header(request, 'x-amz-date'), scope.join('/'), sha256(canonical)].join(
    '\n',
  );
  const signing = scope.reduce<Buffer | string>(hmac, `AWS4${S3_KEYS.AWS_SECRET_ACCESS_KEY}`);
  return hmac(signing, text).toString('hex') === signature ? '' : 'SignatureDoesNotMatch';
};

const say = (response: ServerResponse, status: number, body: Buffer | string): void => {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
};

const error = (response: ServerResponse, status: number, code: string): void => {
  say(response, status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
};

const answer = (server: S3Server, request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
  if (server.failures-- > 0) return error(response, 503, 'SlowDown');
  const why = refusal(request, body);
  if (why !== '') {
    server.refused.push(why);
    return error(response, 403, why);
  }
  const [, bucket = '', key = ''] = /^\/([^/]+)\/(.+)$/.exec(decodeURI(request.url ?? '')) ?? [];
  if (bucket !== BUCKET) return error(response, 404, 'NoSuchBucket');
  if (request.method === 'PUT') {
    server.objects.set(key, body);
    return say(response, 200, '');
  }
  const found = server.objects.get(key);
  return found === undefined ? error(response, 404, 'NoSuchKey') : say(response, 200, found);
};

export const startS3 = async (): Promise<S3Server> => {
  const listening = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      answer(server, request, response, Buffer.concat(pieces));
    });
  });
  const server: S3Server = {
    url: '',
    objects: new Map(),
    failures: 0,
    refused: [],
    close: async () => {
      listening.closeAllConnections();
      await new Promise((resolve) => listening.close(resolve));
    },
  };
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  server.url = `http://127.0.0.1:${String((listening.address() as AddressInfo).port)}`;
  return server;
};

/** The setting that leads to it. */
export const s3Setting = ({ url }: S3Server, path = `${BUCKET}/runs`): string =>
  `s3://${path}?endpoint=${url}`;
