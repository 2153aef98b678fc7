import type { Finding } from '../../contract/gates.js';

const VERDICTS = { rejected: '', inert: 'inert: ', copy: 'a copy: ' } as const;

/** What a gate found, in words for whoever wrote the mechanism; the line to blame below, where there is one. */
export const findingWords = ({ verdict, reason, where }: Finding): string => {
  const said = reason.startsWith(VERDICTS[verdict]) ? reason : VERDICTS[verdict] + reason;
  const place = where === null ? '' : `\nline ${String(where.line)}: ${where.excerpt}`;
  return `${said}${place}`;
};
