import { expect, test } from 'vitest';
import type { Authored, Dialogue, RoundAnswer, Trouble } from '../../../../src/contract/dialogue.js';
import { NO_USAGE } from '../../../../src/contract/proposal.js';
import { nextStep } from '../../../../src/domain/dialogue/next-step.js';
import { OPEN_DIALOGUE } from '../../../../src/domain/dialogue/open-dialogue.js';
import { takeAnswer, takeExamined } from '../../../../src/domain/dialogue/take-answer.js';

const AUTHORED: Authored = { idea: 'tabu', mechanism: 'source', process: null };
const USAGE = { ...NO_USAGE, calls: 1, dollars: 0.5, outputTokens: 10 };
const MALFORMED: RoundAnswer = { status: 'malformed', problems: ['no code'], usage: USAGE };
const AT_G6: Trouble = { at: 'G6', reason: 'inert: it never asked for anything' };

/** Answers each step as it is told to, until the dialogue ends or is done with `most` steps. */
const play = (
  repairs: number,
  answer: (round: string, dialogue: Dialogue) => RoundAnswer,
  examine: (dialogue: Dialogue) => Trouble | null,
) => {
  let dialogue = OPEN_DIALOGUE;
  const steps: string[] = [];
  for (let turn = 0; turn < 100; turn++) {
    const step = nextStep(dialogue, repairs);
    steps.push(step.kind === 'ask' ? step.round : step.kind);
    if (step.kind === 'commit' || step.kind === 'refuse') return { steps, step, dialogue };
    dialogue =
      step.kind === 'ask'
        ? takeAnswer(dialogue, step.round, answer(step.round, dialogue))
        : takeExamined(dialogue, { trouble: examine(dialogue) });
  }
  throw new Error('a dialogue without an end');
};

const well = (round: string): RoundAnswer =>
  round === 'code' || round === 'repair'
    ? { status: 'written', authored: AUTHORED, usage: USAGE }
    : { status: 'said', text: round, usage: USAGE };

test('a dialogue explores, criticises, specifies, writes code, and is committed when the gates are content', () => {
  const { steps, step, dialogue } = play(3, well, () => null);
  expect(steps).toEqual(['explore', 'criticise', 'specify', 'code', 'examine', 'commit']);
  expect(step).toMatchObject({ kind: 'commit', authored: AUTHORED });
  expect(dialogue.usage).toMatchObject({ calls: 4, dollars: 2, outputTokens: 40 });
});

test('what fails a gate is repaired with the reason, and looked at again', () => {
  const seen: (Trouble | null)[] = [];
  let looked = 0;
  const { steps } = play(
    3,
    (round, dialogue) => {
      if (round === 'repair') seen.push(dialogue.trouble);
      return well(round);
    },
    () => (looked++ === 0 ? AT_G6 : null),
  );
  expect(steps.slice(4)).toEqual(['examine', 'repair', 'examine', 'commit']);
  expect(seen).toEqual([AT_G6]);
});

test('after the bound it is refused with the gate and its reason', () => {
  const { steps, step } = play(2, well, () => AT_G6);
  expect(steps.filter((one) => one === 'repair')).toHaveLength(2);
  expect(step).toEqual({
    kind: 'refuse',
    idea: 'tabu',
    reason: 'its mechanism failed at G6 after 2 rounds of repair: inert: it never asked for anything',
  });
  expect(play(0, well, () => AT_G6).step).toMatchObject({
    reason: 'its mechanism failed at G6: inert: it never asked for anything',
  });
});

test('an answer that cannot be read is asked for again, out of the same bound', () => {
  const { steps, step } = play(
    3,
    () => MALFORMED,
    () => null,
  );
  expect(steps).toEqual(['explore', 'explore', 'explore', 'explore', 'refuse']);
  expect(step).toMatchObject({
    reason: "the model's answer couldn't be used after 3 rounds of repair: no code",
  });
});

test('a repair that cannot be read leaves what was written before, and is asked for again', () => {
  let repairs = 0;
  let looked = 0;
  const { steps } = play(
    3,
    (round) => (round === 'repair' && repairs++ === 0 ? MALFORMED : well(round)),
    () => (looked++ === 0 ? AT_G6 : null),
  );
  expect(steps.slice(4)).toEqual(['examine', 'repair', 'repair', 'examine', 'commit']);
});

test('a dialogue ends within four rounds and its repairs, whatever is answered', () => {
  for (let pattern = 0; pattern < 512; pattern++) {
    let turn = 0;
    const bad = (): boolean => ((pattern >> (turn++ % 9)) & 1) === 1;
    const { dialogue, steps } = play(
      3,
      (round) => (bad() ? MALFORMED : well(round)),
      () => (bad() ? AT_G6 : null),
    );
    expect(dialogue.rounds).toBeLessThanOrEqual(4 + 3);
    expect(['commit', 'refuse']).toContain(steps.at(-1));
  }
});
