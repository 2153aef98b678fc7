/** How research fools itself. A closed set; each has a detector in `domain/failure-modes`. */
export type FailureMode =
  'objective-drift' | 'evaluator-capture' | 'data-collapse' | 'ungrounded-search' | 'cost-explosion';

/** What a person is told of beside them: a forged score, a holdout that is known, shares of a budget that nobody heeds. */
export const ALARM_MODES = [
  'objective-drift',
  'evaluator-capture',
  'data-collapse',
  'ungrounded-search',
  'cost-explosion',
  'tamper',
  'leak',
  'idle-rungs',
] as const satisfies readonly (FailureMode | 'tamper' | 'leak' | 'idle-rungs')[];

export type AlarmMode = (typeof ALARM_MODES)[number];

/** Something that a person should see, and what was done about it. Never a number of a holdout. */
export interface Alarm {
  mode: AlarmMode;
  /** experiment that it was raised at; 0 is the baseline */
  experiment: number;
  why: string;
  /** what was done, and what is left to be done, in words */
  response: string[];
  /** milliseconds since the epoch */
  at: number;
}

const ARROW = ' → ';
const TEXT = /^([a-z-]+) at #(\d+): ([^]*)$/;

/** Text of the loop event that tells of it. */
export const alarmText = ({ mode, experiment, why, response }: Omit<Alarm, 'at'>): string =>
  `${mode} at #${String(experiment)}: ${why}${response.length === 0 ? '' : `${ARROW}${response.join('; ')}`}`;

/** The alarm that such a text tells of; null: it is something else. */
export const readAlarm = ({ text, at }: { text: string; at: number }): Alarm | null => {
  const [, word, experiment, rest = ''] = TEXT.exec(text) ?? [];
  const mode = ALARM_MODES.find((one) => one === word);
  if (mode === undefined) return null;
  const cut = rest.lastIndexOf(ARROW);
  const [why, did] = cut === -1 ? [rest, ''] : [rest.slice(0, cut), rest.slice(cut + ARROW.length)];
  return { mode, experiment: Number(experiment), why, response: did === '' ? [] : did.split('; '), at };
};

const BACK = /^back at #(\d+)\b/;

/** Text of the event that takes keeps back: from here on this experiment is the incumbent. */
export const revertText = (experiment: number, commit: string): string =>
  `back at #${String(experiment)}, commit ${commit.slice(0, 12)}`;

export const readRevert = (text: string): number | null => {
  const found = BACK.exec(text)?.[1];
  return found === undefined ? null : Number(found);
};
