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

const ask = async (answer: () => HoldoutAnswer, key: string | null = KEY): Promise<HoldoutAnswer> => {
  const steward: StewardPort = {
    execute: async <T>() => Promise.resolve(answer() as T),
    publicKey: () => key,
  };
  return await new MockActivityEnvironment().run(async () =>
    createStewardClient({ steward }).askSteward(QUERY),
  );
};

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

test('without a key no answer is believed, and a later one may be', async () => {
  await expect(ask(signed, null)).rejects.toMatchObject({ type: 'StewardKeyMissing', nonRetryable: false });
});

test('whatever goes wrong on the way reaches the history as one sentence', async () => {
  const error: unknown = await ask(() => {
    throw new Error('/secret/vault holds 0.123');
  }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    message: 'The steward did not answer; it will be asked again.',
    nonRetryable: false,
  });
  expect(`${(error as Error).stack ?? ''}${JSON.stringify(error)}`).not.toMatch(/secret|0\.123/);
});

test('an anchor is a hash that can be read back, and no other event is one', () => {
  expect(readAnchor(anchorText(SAID.head))).toBe(SAID.head);
  expect(readAnchor('paused by a person')).toBeNull();
});

test('a vault goes by its name, however it is written', () => {
  expect(['sine', '../vaults/sine', '/srv/vaults/sine/'].map(vaultName)).toEqual(['sine', 'sine', 'sine']);
});
