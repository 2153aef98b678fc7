import { Context } from '@temporalio/activity';
import type { Price, Tokens } from '../../../domain/proposers/prices.js';
import type { Session } from '../session.js';
import { cancelled, explainFailure, rememberAnswer } from './explain-failure.js';
import type { Meter } from './meter.js';
import { callModel, type ModelAnswer, type ModelRequest, type Server } from './model-call.js';

const NOTHING: Tokens = { input: 0, cached: 0, output: 0 };

/** What one call is made of beside the request itself. */
export interface CallContext {
  session: Pick<Session, 'deps' | 'request'>;
  experiment: number;
  server: Server;
  price: Price | null;
  meter: Meter;
  /** nth call of this attempt, from 0 */
  call: number;
  /** of an answer that is to be found again, whichever attempt has got it; absent: nobody looks for it */
  round?: { key: string; name: string };
}

interface Finished {
  tokens: Tokens;
  text: string;
  status: 'ok' | 'malformed' | 'error';
  milliseconds: number;
  dollars: number;
}

const record = async (context: CallContext, request: ModelRequest, finished: Finished): Promise<void> => {
  const { session, experiment, call, round } = context;
  const { deps } = session;
  const { loop } = session.request;
  const { attempt } = Context.current().info;
  const transcript = JSON.stringify(
    {
      ...(round && { round: round.name }),
      model: request.model,
      messages: request.messages,
      status: finished.status,
      answer: finished.text,
    },
    null,
    1,
  );
  await deps.ledger.recordModelCall({
    key:
      round !== undefined && finished.status !== 'error'
        ? round.key
        : `${loop}/${String(experiment)}/${round?.name ?? ''}${String(attempt)}/${String(call)}`,
    loop,
    experiment,
    model: request.model,
    status: finished.status,
    inputTokens: finished.tokens.input,
    cachedTokens: finished.tokens.cached,
    outputTokens: finished.tokens.output,
    dollars: finished.dollars,
    milliseconds: finished.milliseconds,
    transcript: await deps.blobs.put(transcript, 'application/json'),
  });
};

/**
 * One call: counted as soon as it is answered, judged by `read`, and written to the ledger with its transcript
 * whatever comes of it.
 */
export const recordedCall = async <T extends { status: 'ok' | 'malformed' }>(
  context: CallContext,
  request: ModelRequest,
  read: (answer: ModelAnswer) => T | Promise<T>,
): Promise<{ answer: ModelAnswer; reading: T }> => {
  const { server, meter, price } = context;
  const signal = Context.current().cancellationSignal;
  const started = performance.now();
  let answer: ModelAnswer;
  try {
    // of its own: the package leaves its listener on the signal
    answer = await callModel(server, request, AbortSignal.any([signal]));
    rememberAnswer(server);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    const failure = explainFailure(error, server, request.model);
    const milliseconds = performance.now() - started;
    const finished = {
      tokens: NOTHING,
      text: failure.message,
      status: 'error',
      milliseconds,
      dollars: 0,
    } as const;
    await record(context, request, finished);
    throw failure;
  }
  const milliseconds = performance.now() - started;
  const dollars = meter.count(answer.tokens, price);
  const reading = await read(answer);
  const { tokens, text } = answer;
  await record(context, request, { tokens, text, status: reading.status, milliseconds, dollars });
  return { answer, reading };
};
