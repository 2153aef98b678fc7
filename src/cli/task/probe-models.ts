import { UserError } from '../../contract/user-error.js';

const PATIENCE_MS = 5000;

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${String(PATIENCE_MS / 1000)} s`;
  const cause: unknown = error.cause;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
};

const address = (base: string): URL => {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UserError(
      `"${base}" is not an address`,
      'OPENAI_BASE_URL',
      'Write it like http://127.0.0.1:8000/v1.',
    );
  return new URL(`${url.pathname.replace(/\/$/, '')}/models`, url);
};

/** A header takes plain characters only; a key with others was copied with something around it. */
const checkKey = (key: string): void => {
  const strange = /[^\x20-\x7e]/u.exec(key.trim())?.[0];
  if (strange === undefined) return;
  const code = strange.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
  throw new UserError(
    `holds the character U+${code}, which no key has`,
    'OPENAI_API_KEY',
    'Copy the key again, without the quotes or spaces around it.',
  );
};

/** A page for people, where a program was meant to answer. */
const isPage = (type: string | null, text: string): boolean =>
  /\bhtml\b/i.test(type ?? '') || /^\s*<(!doctype|html|\?xml)/i.test(text);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Asks a model server what it serves; null from servers that keep no list. */
export const probeModels = async (base: string, key: string): Promise<string[] | null> => {
  checkKey(key);
  const url = address(base);
  const where = `model server ${url.origin}`;
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new UserError(
      `cannot be reached: ${reason(error)}`,
      where,
      'Start it, or correct OPENAI_BASE_URL. `--proposer mutate` needs no server.',
    );
  });
  if (answer.status === 401 || answer.status === 403)
    throw new UserError(`refuses the key (${String(answer.status)})`, where, 'Correct OPENAI_API_KEY.');
  if (!answer.ok) return null;
  const text = await answer.text().catch(() => '');
  if (isPage(answer.headers.get('content-type'), text))
    throw new UserError(
      `${url.href} answers with a web page, not as a model server`,
      'OPENAI_BASE_URL',
      'Correct the address: that of most servers ends in /v1.',
    );
  const body = parsed(text) as { data?: { id?: unknown }[] } | null;
  if (!Array.isArray(body?.data)) return null;
  const names = body.data.map(({ id }) => id).filter((id) => typeof id === 'string');
  return names.length === 0 ? null : names;
};
