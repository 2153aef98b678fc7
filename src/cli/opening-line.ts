import { counted } from '../domain/format.js';
import type { LoopInput } from '../contract/loop.js';
import type { Task } from '../contract/task-schema.js';
import { budgetInWords } from './start-loop.js';

const proposerInWords = (task: Task): string =>
  [task.proposer]
    .flat()
    .map((proposer) => {
      switch (proposer.kind) {
        case 'mutate':
          return 'mutate (changes literals at random; it learns nothing)';
        case 'sweep':
          return `sweep (${proposer.sampler}; sets all knobs at once)`;
        case 'openai':
          return `openai (${proposer.models?.map(({ name }) => name).join(', ') ?? proposer.model ?? '$AUTOLIFT_MODEL'})`;
        case 'command':
          return `command (${proposer.command})`;
        case 'research':
          return proposer.from === 'catalogue'
            ? 'research without a model (selects mechanisms of the library and composes them; it invents nothing)'
            : `research (${proposer.models?.map(({ name }) => name).join(', ') ?? proposer.model ?? '$AUTOLIFT_MODEL'})`;
      }
    })
    .join(' + ');

const ruleInWords = ({ acceptance }: Task): string => {
  const { rule, n, k, alpha, nmax, minEffect, every, arms, rungs } = acceptance;
  const effect =
    minEffect.value === 0
      ? ''
      : `, gain of at least ${minEffect.relative ? `${String(minEffect.value * 100)} %` : String(minEffect.value)}`;
  const options = {
    strict: 'strict',
    floor: `floor (${String(k)} sigma)`,
    confirm: `confirm (${counted(n, 're-run')})`,
    'paired-t': `paired-t (${String(n)} pairs, ${String(alpha * 100)} % false keeps)`,
    sprt: `sprt (up to ${String(nmax)} pairs, ${String(alpha * 100)} % false keeps)`,
    'screen+sprt': `screen+sprt (up to ${String(nmax)} pairs, ${String(alpha * 100)} % false keeps)`,
    'branch+promote': `branch+promote (a test every ${counted(every, 'candidate')}, ${String(alpha * 100)} % false promotions)`,
    intensify: `intensify (up to ${String(nmax)} pairs)`,
    lift: `lift (what pays, ${String(alpha * 100)} % false lifts)`,
    race: `race (${String(arms)} candidates on up to ${counted(nmax, 'seed')}, ${String(alpha * 100)} % false keeps)`,
    halving: `halving (${String(arms)} candidates, then up to ${String(nmax)} pairs, ${String(alpha * 100)} % false keeps)`,
    hyperband: `hyperband (${counted(rungs, 'budget')}, then up to ${String(nmax)} pairs, ${String(alpha * 100)} % false keeps)`,
  };
  return `${options[rule]}${effect}`;
};

/** What a loop is about to do, in a few lines. */
export const openingLines = (
  { loop, task, research }: Pick<LoopInput, 'loop' | 'task' | 'research'>,
  sandbox: string | null,
): string =>
  [
    `${loop}: ${task.measure.metric.direction} ${task.measure.metric.name}${task.goal === '' ? '' : `. ${task.goal}`}`,
    `  proposer ${proposerInWords(task)}`,
    `  keeps    ${ruleInWords(task)}`,
    `  budget   ${budgetInWords(task.budget)}; ${String(task.concurrency)} at a time on ${[task.run.device].flat().join(' or ')}`,
    ...(research === undefined ? [] : [`  children ${String(research.parallel)} at a time`]),
    ...(sandbox === null ? [] : [`  sandbox  ${sandbox}`]),
  ].join('\n');
