import { levelName } from '../../../contract/lift-level.js';
import type { HoldoutWord } from '../../../contract/holdout.js';
import { stewardWords } from '../../../domain/alarms/steward-words.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import type { Loop } from '../loop.js';
import { goBack } from './go-back.js';
import { freeze, raise } from './raise.js';

const LEAKED = 'a token of the holdout was found in the candidate: this version of the vault is burnt';

/** Takes in what an answer tells beside its word; null: nothing, else what the experiment's row says of it. */
export const hearAlarm = (loop: Loop, experiment: number, word: HoldoutWord): string | null => {
  if (word.reason === 'leak') {
    const response = ['the candidate is not kept', 'find out how it got there', 'rotate the vault'];
    raise(loop, { mode: 'leak', experiment, why: LEAKED, response });
    freeze(loop, `leak at #${String(experiment)}: ${LEAKED}`);
    return 'invalid: leak';
  }
  const { alarm } = word;
  const stands = whatStands(loop.state);
  if (alarm === undefined || stands === null) return null;
  const level = levelName(loop.input.level);
  const { why, response } = stewardWords(alarm, { level, standing: stands.experiment });
  raise(loop, { mode: alarm, experiment, why, response });
  freeze(loop, `${alarm} at #${String(experiment)}: ${why}`);
  return alarm;
};

/** Gives up what is provisional: it was built on claims that don't hold. Called when the alarming row has ended. */
export const dropProvisional = (loop: Loop): void => {
  const stands = whatStands(loop.state);
  if (stands !== null) goBack(loop, stands);
};
