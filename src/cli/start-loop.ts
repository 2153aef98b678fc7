import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
  type SearchAttributePair,
} from '@temporalio/common';
import type { LoopInput } from '../contract/loop.js';
import { branchName, CONTROL_QUEUE, RESEARCH_LOOP } from '../contract/names.js';
import type { Budget } from '../contract/task-schema.js';
import { classOf } from '../domain/device/preferences.js';
import { counted, formatDuration } from '../domain/format.js';
import { methodWords } from '../domain/method/method-words.js';
import type { Engine } from './engine.js';

/** A budget in words, as `50 experiments, 8h 00m`. */
export const budgetInWords = (budget: Budget): string => {
  const parts = [
    budget.experiments === undefined ? '' : counted(budget.experiments, 'experiment'),
    budget.wallClock === undefined ? '' : formatDuration(budget.wallClock),
    budget.deviceHours === undefined ? '' : counted(budget.deviceHours, 'device hour'),
    budget.dollars === undefined ? '' : `$${String(budget.dollars)}`,
    budget.tokens === undefined ? '' : counted(budget.tokens, 'token'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'no limit' : parts.join(', ');
};

const searchAttributes = (input: LoopInput): TypedSearchAttributes => {
  const { KEYWORD, INT } = SearchAttributeType;
  const pairs: SearchAttributePair[] = [
    { key: defineSearchAttributeKey('Task', KEYWORD), value: input.task.name },
    { key: defineSearchAttributeKey('LiftLevel', INT), value: input.level },
    { key: defineSearchAttributeKey('DeviceClass', KEYWORD), value: classOf(input.task) },
    { key: defineSearchAttributeKey('Experiments', INT), value: 0 },
    { key: defineSearchAttributeKey('Phase', KEYWORD), value: 'baseline' },
  ];
  return new TypedSearchAttributes(pairs);
};

const details = ({ task, source, tag, forkedFrom, method }: LoopInput): string =>
  [
    ...(task.goal === '' ? [] : [task.goal, '']),
    `- repository \`${source.repository}\`${source.prefix === '' ? '' : `, folder \`${source.prefix}\``}`,
    `- branch \`${branchName(tag)}\`, from commit \`${source.baseCommit.slice(0, 12)}\``,
    `- metric \`${task.measure.metric.name}\`, ${task.measure.metric.direction}; rule ${task.acceptance.rule}`,
    ...(method === undefined ? [] : [`- method ${methodWords(method)}`]),
    `- budget: ${budgetInWords(task.budget)}`,
    ...(forkedFrom === null ? [] : [`- forked from ${forkedFrom.loop} #${String(forkedFrom.experiment)}`]),
  ].join('\n');

/** Starts the loop's workflow; false if there is one of this id already. */
export const startLoop = async ({ client }: Pick<Engine, 'client'>, input: LoopInput): Promise<boolean> => {
  try {
    await client.workflow.start(RESEARCH_LOOP, {
      workflowId: input.loop,
      taskQueue: CONTROL_QUEUE,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: `${input.task.name}: ${input.task.measure.metric.direction} ${input.task.measure.metric.name}`,
      staticDetails: details(input),
      typedSearchAttributes: searchAttributes(input),
      memo: { branch: branchName(input.tag), repository: input.source.repository },
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
};
