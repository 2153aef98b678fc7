import type { Dialogue } from '../../contract/dialogue.js';

/** Before the first round. */
export const OPEN_DIALOGUE: Dialogue = {
  said: {},
  authored: null,
  examined: false,
  trouble: null,
  troubles: [],
  rounds: 0,
  usage: { model: null, calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, dollars: 0 },
};
