import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createStewardClient } from '../../../../src/activities/steward-client/steward-client.js';
import type { StewardPort } from '../../../../src/activities/steward-client/steward-port.js';
import {
  anchorText,
  readAnchor,
  signedText,
  vaultName,
  type Heard,
  type KeepNote,
  type HoldoutAnswer,
} from '../../../../src/contract/steward.js';
import { toyQuery } from '../../../support/toy-vault.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const QUERY = toyQuery({ repository: '/repository' });
const SAID = {
  v: 1,
  verdict: 'undecided',
  reason: null,
  record: 'a'.repeat(64),
  head: 'b'.repeat(64),
  left: { queries: 1, passes: 1 },
} as const;

const signed = (query = QUERY): HoldoutAnswer => ({
  ...SAID,
  signature: sign(null, Buffer.from(signedText(query, SAID)), privateKey).toString('base64'),
});

const portOf = (change: Partial<StewardPort>): StewardPort => ({
  execute: async <T>() => Promise.resolve(signed() as T),
  listening: () => Promise.resolve(true),
  publicKey: () => KEY,
  ...change,
});

const hear = async (steward: StewardPort, away = false): Promise<Heard> =>
  await new MockActivityEnvironment().run(
    async () => await createStewardClient({ steward, lookMs: 5 }).askSteward({ query: QUERY, away }),
  );

const ask = async (answer: () => HoldoutAnswer, key: string | null = KEY): Promise<HoldoutAnswer> => {
  const execute = async <T>() => Promise.resolve(answer() as T);
  const heard = await hear(portOf({ execute, publicKey: () => key }));
  if ('away' in heard) throw new Error('nothing was answered');
  return heard.answer;
};

const never = async <T>(): Promise<T> => await new Promise<T>(() => undefined);

test('an answer that the steward signed is believed', async () => {
  expect(await ask(signed)).toEqual(signed());
});

test('an answer with another verdict, to another question, or of another key is not', async () => {
  const pays = (): HoldoutAnswer => ({ ...signed(), verdict: 'pays' });
  const other = (): HoldoutAnswer => signed({ ...QUERY, experiment: 2 });
  const stranger = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
  for (const forged of [
    ask(pays),
    ask(other),
    ask(signed, stranger.toString('base64')),
    ask(signed, 'no key'),
  ])
    await expect(forged).rejects.toMatchObject({ type: 'StewardForged', nonRetryable: true });
});

test('without a key no answer is believed, and a person must give one', async () => {
  await expect(ask(signed, null)).rejects.toMatchObject({ type: 'StewardKeyMissing', nonRetryable: true });
});

test('a steward that has gone is told of, and so is one that has come back', async () => {
  expect(await hear(portOf({ execute: never, listening: () => Promise.resolve(false) }))).toEqual({
    away: true,
  });
  expect(await hear(portOf({ execute: never }), true)).toEqual({ away: false });
});

test('what was known already is not told again: the answer is waited for', async () => {
  for (const away of [true, false]) {
    let looks = 0;
    let answer: () => void = () => undefined;
    const execute = async <T>() =>
      await new Promise<T>((resolve) => {
        answer = () => {
          resolve(signed() as T);
        };
      });
    const listening = (): Promise<boolean> => {
      if (++looks === 3) answer();
      return Promise.resolve(!away);
    };
    expect(await hear(portOf({ execute, listening }), away)).toEqual({ answer: signed() });
    expect(looks).toBe(3);
  }
});

test('a failure on the way is silence, which is tried again', async () => {
  let calls = 0;
  const execute = async <T>(): Promise<T> => {
    if (++calls < 3) throw new Error('/secret/vault holds 0.123');
    return await Promise.resolve(signed() as T);
  };
  expect(await hear(portOf({ execute }))).toEqual({ answer: signed() });
});

test('whatever goes wrong with a note reaches the history as one sentence', async () => {
  const execute = async <T>(): Promise<T> => await Promise.reject(new Error('/secret/vault holds 0.123'));
  const note = {
    v: 1,
    loop: 'l',
    experiment: 1,
    kind: 'keep',
    candidate: 'c',
    records: [],
  } satisfies KeepNote;
  const error: unknown = await new MockActivityEnvironment()
    .run(async () => await createStewardClient({ steward: portOf({ execute }) }).noteKeep(note))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: 'The steward did not answer; it will be asked again.' });
  expect(`${(error as Error).stack ?? ''}${JSON.stringify(error)}`).not.toMatch(/secret|0\.123/);
});

test('an anchor is a hash that can be read back, and no other event is one', () => {
  expect(readAnchor(anchorText(SAID.head))).toBe(SAID.head);
  expect(readAnchor('paused by a person')).toBeNull();
});

test('a vault goes by its name, however it is written', () => {
  expect(['sine', '../vaults/sine', '/srv/vaults/sine/'].map(vaultName)).toEqual(['sine', 'sine', 'sine']);
});
