import { ApplicationFailure } from '@temporalio/common';
import {
  HOLDOUT_QUERY,
  keepNoteId,
  NOTE_KEEP,
  questionId,
  signedText,
  type HoldoutAnswer,
  type KeepNoted,
  type StewardClientActivities,
} from '../../contract/steward.js';
import { keepAlive } from '../keep-alive.js';
import { isSigned } from './is-signed.js';
import type { StewardPort } from './steward-port.js';

const failure = (message: string, type: string, nonRetryable: boolean): ApplicationFailure => {
  const made = ApplicationFailure.create({ message, type, nonRetryable });
  made.stack = message;
  return made;
};

/** Fixed sentences: what a server or a steward says in its trouble is no business of the loop's history. */
const unanswered = (): ApplicationFailure =>
  failure('The steward did not answer; it will be asked again.', 'StewardSilent', false);

const noKey = (): ApplicationFailure =>
  failure(
    "The steward's public key is not known here; set AUTOLIFT_STEWARD_KEY.",
    'StewardKeyMissing',
    false,
  );

const forged = (): ApplicationFailure =>
  failure(
    'An answer came that the steward did not sign: somebody else answers its queue.',
    'StewardForged',
    true,
  );

const waiting = async <T>(port: StewardPort, call: Parameters<StewardPort['execute']>[0]): Promise<T> =>
  await keepAlive(
    () => null,
    async () => {
      try {
        return await port.execute<T>(call);
      } catch {
        throw unanswered();
      }
    },
  );

/** How a loop asks: the question's id makes a retry the same question, and the signature makes the answer the steward's. */
export const createStewardClient = ({ steward }: { steward: StewardPort }): StewardClientActivities => ({
  askSteward: async (query) => {
    const call = { workflow: HOLDOUT_QUERY, id: questionId(query), argument: query };
    const answer = await waiting<HoldoutAnswer>(steward, call);
    const key = steward.publicKey();
    if (key === null) throw noKey();
    const { signature, ...said } = answer;
    if (!isSigned(signedText(query, said), signature, key)) throw forged();
    return answer;
  },
  noteKeep: async (note) =>
    await waiting<KeepNoted>(steward, { workflow: NOTE_KEEP, id: keepNoteId(note), argument: note }),
});
