import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { oneLine } from '../../../domain/proposers/prompt/untrusted.js';
import { NoCompletion, type Server } from './model-call.js';

const LONGEST_DELAY_MS = 10 * 60 * 1000;

interface HttpError {
  status: number;
  code: string;
  message: string;
  header: (name: string) => string | null;
}

const httpErrorOf = (error: unknown): HttpError | null => {
  if (!(error instanceof Error)) return null;
  const { status, code, headers } = error as { status?: unknown; code?: unknown; headers?: unknown };
  if (typeof status !== 'number') return null;
  return {
    status,
    code: typeof code === 'string' ? code : '',
    message: error.message,
    header: (name) => (headers instanceof Headers ? headers.get(name) : null),
  };
};

/** What Retry-After asks for, in seconds or as a date; null if it asks for nothing. */
const delayOf = ({ header }: HttpError, now: number): number | null => {
  const precise = Number(header('retry-after-ms') ?? Number.NaN);
  if (precise >= 0) return Math.min(precise, LONGEST_DELAY_MS);
  const after = header('retry-after');
  if (after === null) return null;
  const wanted = /^\d+(?:\.\d+)?$/.test(after.trim()) ? Number(after) * 1000 : Date.parse(after) - now;
  return Number.isFinite(wanted) ? Math.min(Math.max(wanted, 0), LONGEST_DELAY_MS) : null;
};

const withoutKey = (text: string, { apiKey }: Server): string =>
  oneLine(
    (apiKey === 'none' ? text : text.replaceAll(apiKey, '***')).replaceAll(/\bsk-[\w*-]{4,}/g, '***'),
    300,
  );

/** The server's address as it may be shown: without a password in it. */
const addressOf = ({ baseUrl }: Server): string => baseUrl.replace(/\/\/[^/@]*@/, '//');

/** A failure that asking again won't mend: shown as it is, with what to change. */
export const hopeless = (where: string, what: string, fix: string): ApplicationFailure =>
  ApplicationFailure.create({
    message: `${where}: ${what}\n  ${fix}`,
    type: 'UserError',
    nonRetryable: true,
  });

const again = (message: string, delay: number | null): ApplicationFailure =>
  ApplicationFailure.create({
    message,
    type: 'ModelUnavailable',
    nonRetryable: false,
    ...(delay === null ? {} : { nextRetryDelay: Math.ceil(delay) }),
  });

const explainHttp = (error: HttpError, server: Server, model: string): ApplicationFailure => {
  const said = withoutKey(error.message, server);
  const { status } = error;
  if (status === 402 || (status === 429 && error.code === 'insufficient_quota')) {
    return hopeless(
      'OPENAI_API_KEY',
      `the account has no quota left (${said})`,
      'top it up, then resume the loop',
    );
  }
  if (status === 429 || status === 408 || status === 409 || status >= 500) {
    return again(`${addressOf(server)} answered ${said}`, delayOf(error, Date.now()));
  }
  if (status === 401) {
    const fix = 'set OPENAI_API_KEY to a key of that server where the worker is started';
    return hopeless('OPENAI_API_KEY', `${addressOf(server)} refuses the key (401)`, fix);
  }
  if (status === 405) {
    const fix = 'set it to the address that ends in /v1, or as its manual says';
    return hopeless('OPENAI_BASE_URL', `${addressOf(server)} takes no chat completions (405)`, fix);
  }
  if (status === 403 || status === 404) {
    const fix = 'set proposer.model (or AUTOLIFT_MODEL) to one that it serves, and check OPENAI_BASE_URL';
    return hopeless(
      'AUTOLIFT_MODEL',
      `${addressOf(server)} does not serve the model "${model}" (${said})`,
      fix,
    );
  }
  return hopeless(
    'proposer',
    `${addressOf(server)} refuses the request (${said})`,
    'change proposer in task.yaml',
  );
};

const answered = new Set<string>();

/** Remembers, for as long as this process lives, that this is a server of models. */
export const rememberAnswer = ({ baseUrl }: Server): void => {
  answered.add(baseUrl);
};

const hasAnswered = ({ baseUrl }: Server): boolean => answered.has(baseUrl);

/** A failed call as Temporal should treat it: retried, with the delay asked for, or not at all. */
export const explainFailure = (error: unknown, server: Server, model: string): Error => {
  const http = httpErrorOf(error);
  if (http !== null) return explainHttp(http, server, model);
  if (error instanceof NoCompletion || error instanceof SyntaxError) {
    const what = `${addressOf(server)} does not answer like an OpenAI-compatible server`;
    // what has answered well before has a bad moment; a wrong address never gets better
    if (hasAnswered(server)) return again(what, null);
    return hopeless('OPENAI_BASE_URL', what, 'set it to the address that ends in /v1, or as its manual says');
  }
  const message = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return again(`${addressOf(server)} cannot be reached: ${withoutKey(message + cause, server)}`, null);
};

export const cancelled = (): CancelledFailure => new CancelledFailure('the proposal was cancelled');
