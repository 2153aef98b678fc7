import type { Usage } from '../../contract/proposal.js';
import { oneLine } from './prompt/untrusted.js';

const SUBJECT = 100;
export const IDEA_LENGTH = 300;

export interface CandidateNote {
  loop: string;
  experiment: number;
  proposer: string;
  idea: string;
  usage: Usage;
}

/** The message of a candidate's commit: all that is needed to recognise the proposal and not to pay for it again. */
export const candidateMessage = ({ loop, experiment, proposer, idea, usage }: CandidateNote): string => {
  const whole = oneLine(idea, IDEA_LENGTH) || `experiment ${String(experiment)}`;
  const subject = oneLine(whole, SUBJECT);
  return [
    subject,
    '',
    ...(subject === whole ? [] : [whole, '']),
    `Autolift-Experiment: ${loop}#${String(experiment)}`,
    `Autolift-Proposer: ${proposer}`,
    ...(usage.calls === 0 ? [] : [`Autolift-Usage: ${JSON.stringify(usage)}`]),
    '',
  ].join('\n');
};

/** The note that such a message carries, with the trailers of its last paragraph only; null for any other commit. */
export const readCandidateMessage = (message: string, none: Usage): CandidateNote | null => {
  const paragraphs = message.trimEnd().split('\n\n');
  const lines = (paragraphs.at(-1) ?? '').split('\n');
  const trailer = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const [, loop, experiment] = /^(.+)#(\d+)$/.exec(trailer('Autolift-Experiment') ?? '') ?? [];
  const proposer = trailer('Autolift-Proposer');
  if (loop === undefined || proposer === undefined || paragraphs.length < 2) return null;
  const usage = trailer('Autolift-Usage');
  return {
    loop,
    experiment: Number(experiment),
    proposer,
    idea: (paragraphs.length > 2 ? paragraphs[1] : paragraphs[0]) ?? '',
    usage: usage === undefined ? none : (JSON.parse(usage) as Usage),
  };
};
