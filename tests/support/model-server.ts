import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with one request. */
export type Script =
  | { answer: string; cachedTokens?: number; finish?: 'stop' | 'length'; usage?: false }
  | { status: number; retryAfter?: string; message?: string; code?: string }
  /** never answers */
  | { hang: true }
  /** 200 with a body that is no completion */
  | { body: string };

export interface ModelRequestSeen {
  model: string;
  messages: { role: string; content: string }[];
  authorization: string;
  body: Record<string, unknown>;
}

export interface ModelServer {
  baseUrl: string;
  /** requests so far, in order */
  seen: ModelRequestSeen[];
  close: () => Promise<void>;
}

const read = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
};

const usageOf = (prompt: number, script: { answer: string; cachedTokens?: number }) => ({
  prompt_tokens: prompt,
  completion_tokens: Math.ceil(script.answer.length / 4),
  total_tokens: prompt + Math.ceil(script.answer.length / 4),
  prompt_tokens_details: { cached_tokens: script.cachedTokens ?? 0 },
});

const completion = (model: string, prompt: number, script: Extract<Script, { answer: string }>) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model,
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: script.answer },
      finish_reason: script.finish ?? 'stop',
    },
  ],
  ...(script.usage === false ? {} : { usage: usageOf(prompt, script) }),
});

/**
 * An OpenAI-compatible server on the loopback: answers the nth request with the nth script, and the last script for
 * ever after. A function decides by the request.
 */
export const startModelServer = async (
  scripts: Script[] | ((request: ModelRequestSeen, index: number) => Script | Promise<Script>),
): Promise<ModelServer> => {
  const seen: ModelRequestSeen[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await read(request);
      const one = { ...body, body, authorization: request.headers.authorization ?? '' } as ModelRequestSeen;
      const index = seen.push(one) - 1;
      const script =
        typeof scripts === 'function' ? await scripts(one, index) : (scripts[index] ?? scripts.at(-1));
      if (script === undefined || 'hang' in script) return;
      const prompt = Math.ceil(one.messages.reduce((sum, { content }) => sum + content.length, 0) / 4);
      const status = 'status' in script ? script.status : 200;
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if ('status' in script && script.retryAfter !== undefined) headers['retry-after'] = script.retryAfter;
      response.writeHead(status, headers);
      if ('body' in script) response.end(script.body);
      else if ('answer' in script) response.end(JSON.stringify(completion(one.model, prompt, script)));
      else
        response.end(
          JSON.stringify({ error: { message: script.message ?? 'no', code: script.code ?? null } }),
        );
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${String(port)}/v1`,
    seen,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
