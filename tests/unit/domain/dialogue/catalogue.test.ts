import { beforeAll, expect, test } from 'vitest';
import { catalogueAnswer, type CatalogueEntry } from '../../../../src/domain/dialogue/catalogue.js';
import { readCode } from '../../../../src/domain/dialogue/read-code.js';
import { readTalk } from '../../../../src/domain/dialogue/read-talk.js';
import { checkMechanism } from '../../../../src/mechanism-host/check-mechanism.js';
import { readLibrary } from '../../../../src/mechanism-host/library.js';
import { stuckTraces } from '../../../../src/mechanism-host/stuck-traces.js';
import { openMechanism } from '../../../../src/mechanism-host/open-mechanism.js';

let library: CatalogueEntry[] = [];
beforeAll(async () => {
  library = (await readLibrary()).map(({ meta, what, source }) => ({ ...meta, what, source }));
});

const answers = (experiment: number, rounds = 3) => {
  const draw = { seed: 1, experiment, rounds };
  const say = (round: Parameters<typeof catalogueAnswer>[0]) => catalogueAnswer(round, library, draw);
  return {
    explore: say('explore'),
    criticise: say('criticise'),
    specify: say('specify'),
    code: say('code'),
    repair: say('repair'),
  };
};

test('the catalogue answers each round in the form that a model has to use', () => {
  for (let experiment = 1; experiment <= 40; experiment++) {
    const { explore, criticise, specify, code } = answers(experiment);
    expect(readTalk('explore', explore, {}).status).toBe('ok');
    expect(readTalk('criticise', criticise, { explore }).status).toBe('ok');
    expect(readTalk('specify', specify, {}).status).toBe('ok');
    expect(readCode(code, specify).status).toBe('ok');
  }
});

test('it says that it selects and composes, and does not invent', () => {
  const reading = readCode(answers(1).code, '');
  expect(reading.status === 'ok' && reading.authored.idea).toMatch(/selected and composed, not invented$/);
});

test('the idea names the settings that chance has given the rules: a sweep of three steps is not a sweep of one', () => {
  const reading = readCode(answers(1).code, '');
  if (reading.status !== 'ok') throw new Error('no mechanism');
  expect(reading.authored.mechanism).toContain('...{"step":3} }');
  expect(reading.authored.idea).toContain('sweep, of the library, composed by the grammar (first; step 3)');
});

test('each experiment has a draw of its own, the same whenever it is asked for', () => {
  const codes = Array.from({ length: 30 }, (_, at) => answers(at + 1).code);
  expect(new Set(codes).size).toBeGreaterThan(25);
  expect(answers(7)).toEqual(answers(7));
  expect(answers(7, 4).repair).not.toBe(answers(7, 5).repair);
});

test('what it composes passes the gates', async () => {
  const traces = await stuckTraces();
  for (let experiment = 1; experiment <= 5; experiment++) {
    const reading = readCode(answers(experiment).code, '');
    const source = reading.status === 'ok' ? reading.authored.mechanism : '';
    const { finding } = await checkMechanism({ source }, { open: openMechanism, traces });
    expect(finding).toBeNull();
  }
});
