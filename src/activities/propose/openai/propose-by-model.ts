import { Context } from '@temporalio/activity';
import { type AnswerReading, readAnswer } from '../../../domain/proposers/answer/read-answer.js';
import { reask } from '../../../domain/proposers/prompt/answer-format.js';
import { modelPrompt } from '../../../domain/proposers/prompt/prompt.js';
import { oneLine } from '../../../domain/proposers/prompt/untrusted.js';
import type { Draft } from '../draft.js';
import { gateFault } from '../gate-fault.js';
import { gatherPrompt } from '../gather-prompt.js';
import { keepAlive } from '../../keep-alive.js';
import type { Session } from '../session.js';
import { steeringFault } from '../steered/steering-fault.js';
import { type Allowance, createMeter, type Meter } from './meter.js';
import { charactersOf, type Message, type ModelAnswer, type ModelRequest } from './model-call.js';
import { knownPrice, modelFor, type OpenAiProposer, serverOf } from './model-settings.js';
import { type Paid, paidBefore, paidBy } from './paid.js';
import { recordedCall } from './recorded-call.js';

const LONGEST_QUOTE = 20_000;

const warned = new Set<string>();

const warnOnce = (model: string): void => {
  if (warned.has(model)) return;
  warned.add(model);
  Context.current().log.warn(
    `the price of "${model}" is unknown: its calls count as $0 (tokens are counted); add it to proposer.prices`,
  );
};

const read = async (
  session: Session,
  answer: ModelAnswer,
  maxOutputTokens: number,
): Promise<AnswerReading> => {
  const reading = readAnswer(answer.text, session.snapshot.texts);
  if (reading.status === 'ok') {
    const { edits } = reading.proposal;
    const fault = steeringFault(session, edits) ?? (await gateFault(session, edits));
    return fault === null ? reading : { status: 'malformed', problems: [fault] };
  }
  if (!answer.cut) return reading;
  const limit = `The answer was cut off at ${String(maxOutputTokens)} tokens: answer shorter, with SEARCH/REPLACE blocks instead of whole files.`;
  return { status: 'malformed', problems: [limit, ...reading.problems] };
};

const continued = (answer: ModelAnswer, problems: readonly string[]): Message[] => [
  // some servers refuse an empty message
  { role: 'assistant', content: answer.text.slice(0, LONGEST_QUOTE) || '(empty)' },
  { role: 'user', content: reask(problems) },
];

interface Conversation {
  session: Session;
  experiment: number;
  proposer: OpenAiProposer;
  model: string;
  meter: Meter;
}

const converse = async (conversation: Conversation): Promise<Draft['result']> => {
  const { session, experiment, proposer, model, meter } = conversation;
  const server = serverOf(session.deps.env);
  const price = knownPrice(proposer, model, session.request.dollarsLeft);
  if (price === null) warnOnce(model);
  const prompt = modelPrompt(await gatherPrompt(session, experiment, proposer.history));
  let messages: Message[] = [
    { role: 'system', content: prompt.system },
    { role: 'user', content: prompt.user },
  ];
  let problems: string[] = [];
  const { maxOutputTokens, temperature, timeout: timeoutSeconds } = proposer;
  for (let call = 0; call < proposer.attempts; call++) {
    const over = meter.refusal({ characters: charactersOf(messages), maxOutputTokens, price });
    if (over !== null) return { idea: '', status: 'over_budget', reason: over };
    const request: ModelRequest = { model, messages, maxOutputTokens, temperature, timeoutSeconds };
    const context = { session, experiment, server, price, meter, call };
    const { answer, reading } = await recordedCall(context, request, (one) =>
      read(session, one, maxOutputTokens),
    );
    if (reading.status === 'ok') return reading.proposal;
    ({ problems } = reading);
    messages = [...messages.slice(0, 2), ...continued(answer, problems)];
  }
  const times = proposer.attempts === 1 ? '1 attempt' : `${String(proposer.attempts)} attempts`;
  const why = oneLine(problems[0] ?? 'it was empty', 200);
  return {
    idea: '',
    status: 'refused',
    reason: `the model's answer couldn't be used after ${times}: ${why}`,
  };
};

/** Asks a model for one experiment, again with the errors while its answer can't be used. */
export const proposeByModel = async (
  session: Session,
  proposer: OpenAiProposer,
  { experiment, allowance }: { experiment: number; allowance: Allowance },
): Promise<Draft> => {
  const model = modelFor(session, proposer, experiment);
  const meter = createMeter(model, allowance, paidBefore()[String(experiment)]);
  const details = (): Paid => paidBy(experiment, meter.usage);
  const result = await keepAlive(details, async () =>
    converse({ session, experiment, proposer, model, meter }),
  );
  return { experiment, proposer: 'openai', usage: meter.usage, result };
};
