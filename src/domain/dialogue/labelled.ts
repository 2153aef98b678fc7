/** One labelled passage of an answer: `LABEL: text`, to the next label. */
export interface Passage {
  label: string;
  text: string;
}

const LABEL = /^[\s*#>-]*\**(HYPOTHESIS|FIELD|CLAIM|TEST|WEAKNESS|CHOSEN|NAME|IDEA|SPEC)\**\s*:\**\s?(.*)$/;

/** The labelled passages of an answer, in their order; whatever stands before the first is left out. */
export const labelled = (answer: string): Passage[] => {
  const passages: Passage[] = [];
  for (const line of answer.split('\n')) {
    const [, label, rest = ''] = LABEL.exec(line) ?? [];
    const last = passages.at(-1);
    if (label !== undefined) passages.push({ label, text: rest.trim() });
    else if (last !== undefined) last.text = `${last.text}\n${line}`.trim();
  }
  return passages;
};
