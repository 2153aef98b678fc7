import { ANSWER_FORMAT } from './answer-format.js';
import { lessonsSection } from './lessons-section.js';
import type { PromptInput } from './prompt-input.js';
import {
  crashesSection,
  failuresSection,
  filesSection,
  hintsSection,
  historySection,
  instructionsSection,
  keepsSection,
  methodSection,
  taskSection,
} from './sections.js';
import { delimiterFor, plainText } from './untrusted.js';

export interface Prompt {
  system: string;
  user: string;
}

const ROLE = `You improve a program by experiments. Each of your proposals is run and measured; it is kept if the metric
becomes better and thrown away otherwise. Propose one change that is worth an experiment: one idea, small enough
that its effect can be told, different from what was tried before.`;

const join = (sections: readonly string[]): string =>
  `${sections.filter((section) => section !== '').join('\n\n')}\n`;

/**
 * One delimiter for what changes rarely and one for each prompt: a fence of the first kind must not break the
 * provider's cache, one of the second must not be guessable by a program that prints into the next prompt.
 */
const delimiters = (input: PromptInput): { stable: string; fresh: string } => {
  const texts = [
    ...input.files.map(({ text }) => text ?? ''),
    ...input.crashes.map(({ tail }) => plainText(tail)),
    ...input.keeps.map(({ diff }) => plainText(diff)),
    ...input.lessons,
    ...(input.method === undefined ? [] : [input.method.hint, ...input.method.rules]),
    ...input.past.flatMap(({ idea, reason }) => [plainText(idea), plainText(reason)]),
  ];
  return {
    stable: delimiterFor(texts, input.task.name),
    fresh: delimiterFor(texts, input.seed),
  };
};

/** The prompt for a model that answers with text: what stays the same first, so that it can be cached. */
export const modelPrompt = (input: PromptInput): Prompt => {
  const { stable, fresh } = delimiters(input);
  return {
    system: `${ROLE}\n\n${ANSWER_FORMAT}\n`,
    user: join([
      taskSection(input),
      instructionsSection(input),
      filesSection(input, stable),
      historySection(input, fresh),
      failuresSection(input, fresh),
      lessonsSection(input, fresh),
      keepsSection(input, fresh),
      methodSection(input, fresh),
      hintsSection(input),
      crashesSection(input, fresh),
      'Now propose the next experiment.',
    ]),
  };
};

const AGENT_TASK = `Change the files in the current folder; they are a copy, and what differs at the end is your proposal.
Write one line that says what you changed and why to the file named by $AUTOLIFT_IDEA_FILE, or print it last as
"IDEA: …". Do not run the whole measurement; it is done for you. Leave nothing running.`;

/** The prompt file of an agent program, which reads the files itself. */
export const agentPrompt = (input: PromptInput): string => {
  const { fresh } = delimiters(input);
  return join([
    ROLE,
    taskSection(input),
    AGENT_TASK,
    instructionsSection(input),
    historySection(input, fresh),
    failuresSection(input, fresh),
    lessonsSection(input, fresh),
    keepsSection(input, fresh),
    methodSection(input, fresh),
    hintsSection(input),
    crashesSection(input, fresh),
  ]);
};
