import type { RoundRequest } from '../../contract/activities.js';
import type { Authored } from '../../contract/dialogue.js';
import { readCode } from '../../domain/dialogue/read-code.js';
import { readTalk } from '../../domain/dialogue/read-talk.js';

export type RoundReading =
  | { status: 'ok'; said: string }
  | { status: 'ok'; authored: Authored }
  | { status: 'malformed'; problems: string[] };

/** A round's answer, by what the round had asked for. */
export const readRound = (
  { round, dialogue }: Pick<RoundRequest, 'round' | 'dialogue'>,
  answer: string,
): RoundReading => {
  const { said } = dialogue;
  if (round === 'code' || round === 'repair') return readCode(answer, said.specify ?? '');
  const reading = readTalk(round, answer, said);
  return reading.status === 'ok' ? { status: 'ok', said: reading.text } : reading;
};
