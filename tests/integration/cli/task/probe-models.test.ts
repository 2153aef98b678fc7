import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { probeModels } from '../../../../src/cli/task/probe-models.js';

const refusal = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'cleared',
    (error: unknown) => String(error),
  );

const withAnswer = async <T>(type: string, body: string, use: (base: string) => Promise<T>): Promise<T> => {
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': type }).end(body));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`http://127.0.0.1:${String(port)}`);
  } finally {
    server.close();
  }
};

test.each([
  ['text/html; charset=utf-8', 'Welcome'],
  ['text/plain', '<!DOCTYPE html><title>Welcome</title>'],
])(
  'a web page (%s) in the place of a model server is told with the variable to correct',
  async (type, body) => {
    const said = await withAnswer(type, body, async (base) => refusal(probeModels(base, 'k')));
    expect(said).toContain('OPENAI_BASE_URL');
    expect(said).toContain('/models answers with a web page');
    expect(said).toContain('/v1');
  },
);

test('an answer in JSON that lists nothing is tolerated', async () => {
  expect(await withAnswer('application/json', '[]', async (base) => probeModels(base, 'k'))).toBeNull();
  expect(await withAnswer('text/plain', 'ok', async (base) => probeModels(base, 'k'))).toBeNull();
});

test.each(['“sk-123”', 'sk-1\u00a023', 'sk-1\n23'])(
  'the key %j is told by its variable, not shown',
  async (key) => {
    const said = await refusal(probeModels('http://127.0.0.1:9', key));
    expect(said).toMatch(/OPENAI_API_KEY: holds the character U\+[0-9A-F]{4}/);
    expect(said).not.toContain('sk-');
  },
);
