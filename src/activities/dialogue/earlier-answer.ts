import type { ModelCallRow } from '../../contract/ledger.js';
import type { Usage } from '../../contract/proposal.js';
import type { Deps } from '../deps.js';

export interface EarlierAnswer {
  text: string;
  usage: Usage;
}

const usageOf = (row: ModelCallRow): Usage => ({
  model: row.model,
  calls: 1,
  inputTokens: row.inputTokens,
  cachedTokens: row.cachedTokens,
  outputTokens: row.outputTokens,
  dollars: row.dollars,
});

/** What a model has answered to this round before, in another attempt; null: it has to be asked. */
export const earlierAnswer = async (
  { ledger, blobs }: Pick<Deps, 'ledger' | 'blobs'>,
  key: string,
): Promise<EarlierAnswer | null> => {
  const row = await ledger.findModelCall(key);
  const transcript = row?.transcript ? await blobs.get(row.transcript.sha256) : null;
  if (row === null || transcript === null) return null;
  const { answer } = JSON.parse(transcript.toString()) as { answer: string };
  return { text: answer, usage: usageOf(row) };
};
