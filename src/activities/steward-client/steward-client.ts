import { ApplicationFailure } from '@temporalio/common';
import {
  keepNoteId,
  NOTE_KEEP,
  signedText,
  type KeepNoted,
  type StewardClientActivities,
} from '../../contract/steward.js';
import { keepAlive } from '../keep-alive.js';
import { hear } from './hear.js';
import { isSigned } from './is-signed.js';
import type { StewardCall, StewardPort } from './steward-port.js';

const failure = (message: string, type: string, nonRetryable: boolean): ApplicationFailure => {
  const made = ApplicationFailure.create({ message, type, nonRetryable });
  made.stack = message;
  return made;
};

/** Fixed sentences: what a server or a steward says in its trouble is no business of the loop's history. */
const unanswered = (): ApplicationFailure =>
  failure('The steward did not answer; it will be asked again.', 'StewardSilent', false);

const noKey = (): ApplicationFailure =>
  failure("The steward's public key is not known here; set AUTOLIFT_STEWARD_KEY.", 'StewardKeyMissing', true);

const forged = (): ApplicationFailure =>
  failure(
    'An answer came that the steward did not sign: somebody else answers its queue.',
    'StewardForged',
    true,
  );

const noting = async (port: StewardPort, call: StewardCall): Promise<KeepNoted> => {
  try {
    return await port.execute<KeepNoted>(call);
  } catch {
    throw unanswered();
  }
};

export interface StewardClientParts {
  steward: StewardPort;
  /** how often it is looked whether the steward is there */
  lookMs?: number;
}

/** How a loop asks: the question's id makes a retry the same question, and the signature makes the answer the steward's. */
export const createStewardClient = ({ steward, lookMs }: StewardClientParts): StewardClientActivities => ({
  askSteward: async (asked) => {
    const heard = await keepAlive(
      () => null,
      async () => await hear(steward, asked, lookMs),
    );
    if (!('answer' in heard)) return heard;
    const key = steward.publicKey();
    if (key === null) throw noKey();
    const { signature, ...said } = heard.answer;
    if (!isSigned(signedText(asked.query, said), signature, key)) throw forged();
    return heard;
  },
  noteKeep: async (note) =>
    await keepAlive(
      () => null,
      async () => await noting(steward, { workflow: NOTE_KEEP, id: keepNoteId(note), argument: note }),
    ),
});
