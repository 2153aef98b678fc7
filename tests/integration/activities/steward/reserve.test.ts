import { afterEach, beforeAll, expect, test } from 'vitest';
import { openReserve } from '../../../../src/activities/steward/open-reserve.js';
import { openDesk, type Desk } from '../../../support/steward-desk.js';
import { solver, toyRepository, writeSuite, type ToyRepository } from '../../../support/toy-vault.js';

let repository: ToyRepository;
let desk: Desk;

beforeAll(() => {
  repository = toyRepository();
});

afterEach(() => {
  desk.close();
});

const opening = async () => {
  desk = await openDesk((root) => writeSuite(root, { kind: 'reserve', eps: undefined }));
  return async (source: string) =>
    await openReserve(desk.deps, {
      vault: 'toy',
      repository: repository.folder,
      prefix: '',
      commit: repository.commit(source),
      actor: 'test',
    });
};

const kinds = async (): Promise<string[]> => (await desk.deps.audit.records()).map(({ kind }) => kind);

test('of two who open a reserve at the same moment one has its number', async () => {
  const open = await opening();
  const both = await Promise.allSettled([open(solver(0.1)), open(solver(0.2))]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await kinds()).toEqual(['rotate', 'reserve']);
  await expect(open(solver(0.3))).rejects.toThrow(/was opened on .* by test/);
});

test('a reserve on which nothing ran says why and stays closed', async () => {
  const open = await opening();
  await expect(open('raise SystemExit("no such module")\n')).rejects.toThrow(/no such module/);
  expect(await kinds()).toEqual(['rotate']);
  expect(await open(solver(0.1))).toMatchObject({ n: 4, failed: 0 });
});
