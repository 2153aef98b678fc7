import type { Authored, Dialogue, RoundKind } from '../../contract/dialogue.js';
import { counted } from '../format.js';

export type Step =
  | { kind: 'ask'; round: RoundKind }
  | { kind: 'examine'; authored: Authored }
  | { kind: 'commit'; authored: Authored }
  | { kind: 'refuse'; idea: string; reason: string };

const TALK = ['explore', 'criticise', 'specify'] as const;

const inWords = ({ at }: NonNullable<Dialogue['trouble']>): string => {
  if (at === 'answer') return "the model's answer couldn't be used";
  return at === 'method' ? 'its process.yaml is no method' : `its mechanism failed at ${at}`;
};

/** What a dialogue does next. `repairs`: rounds, beyond one of each kind, in which something may be mended. */
export const nextStep = (dialogue: Dialogue, repairs: number): Step => {
  const { said, authored, examined, trouble, troubles } = dialogue;
  if (trouble !== null && troubles.length > repairs) {
    const after = repairs === 0 ? '' : ` after ${counted(repairs, 'round')} of repair`;
    return {
      kind: 'refuse',
      idea: authored?.idea ?? '',
      reason: `${inWords(trouble)}${after}: ${trouble.reason}`,
    };
  }
  const open = TALK.find((round) => said[round] === undefined);
  if (open !== undefined) return { kind: 'ask', round: open };
  if (authored === null) return { kind: 'ask', round: 'code' };
  if (!examined) return { kind: 'examine', authored };
  return trouble === null ? { kind: 'commit', authored } : { kind: 'ask', round: 'repair' };
};
