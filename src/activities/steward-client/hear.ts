import { Context } from '@temporalio/activity';
import { HOLDOUT_QUERY, questionId, type HoldoutAnswer, type HoldoutQuery } from '../../contract/steward.js';
import type { StewardPort } from './steward-port.js';

/** How often it is looked whether the steward is there. */
const LOOK_MS = 5000;

type Said = { answer: HoldoutAnswer } | 'silence';

/** What a server or a steward says in its trouble is no business of the loop's history: it is silence. */
const put = async (port: StewardPort, query: HoldoutQuery): Promise<Said> => {
  const call = { workflow: HOLDOUT_QUERY, id: questionId(query), argument: query, again: true };
  try {
    return { answer: await port.execute<HoldoutAnswer>(call) };
  } catch {
    return 'silence';
  }
};

const pause = async (ms: number): Promise<'look'> => {
  await Context.current().sleep(ms);
  return 'look';
};

/** Waits for the answer; before it comes, for the steward to go where it was thought there, or to come back. */
export const hear = async (
  port: StewardPort,
  { query, away }: { query: HoldoutQuery; away: boolean },
  lookMs = LOOK_MS,
): Promise<{ answer: HoldoutAnswer } | { away: boolean }> => {
  let said = put(port, query);
  for (;;) {
    const first = await Promise.race([said, pause(lookMs)]);
    if (typeof first === 'object') return first;
    if (first === 'silence') {
      await pause(lookMs);
      said = put(port, query);
    }
    if ((await port.listening()) === away) return { away: !away };
  }
};
