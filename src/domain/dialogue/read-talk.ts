import { fieldNamed, FIELDS } from './fields.js';
import { labelled, type Passage } from './labelled.js';

export type TalkReading = { status: 'ok'; text: string } | { status: 'malformed'; problems: string[] };

const LONGEST = 8000;
const FEWEST = 2;

const readable = (problems: string[], text: string): TalkReading =>
  problems.length > 0
    ? { status: 'malformed', problems }
    : { status: 'ok', text: text.trim().slice(0, LONGEST) };

const namesOf = (passages: readonly Passage[]): string[] =>
  passages.flatMap(({ label, text }) => (label === 'HYPOTHESIS' && text !== '' ? [text] : []));

/** Several hypotheses, each with its field. */
const readExplore = (answer: string): TalkReading => {
  const passages = labelled(answer);
  const names = namesOf(passages);
  const fields = passages.filter(({ label }) => label === 'FIELD').map(({ text }) => text);
  const unknown = fields.find((text) => fieldNamed(text) === null);
  const several = new Set(fields.map(fieldNamed)).size >= FEWEST;
  return readable(
    [
      ...(names.length < FEWEST
        ? [`it names ${String(names.length)} of at least ${String(FEWEST)} hypotheses (HYPOTHESIS: name)`]
        : []),
      ...(fields.length < names.length ? ['each hypothesis needs a line FIELD: field'] : []),
      ...(unknown === undefined ? [] : [`FIELD: ${unknown.slice(0, 60)} is none of ${FIELDS.join(', ')}`]),
      ...(fields.length >= FEWEST && unknown === undefined && !several
        ? ['all hypotheses are of one field: take them from several']
        : []),
    ],
    answer,
  );
};

/** What is wrong with each, and which is chosen: one that was named before. */
const readCriticise = (answer: string, explored: string): TalkReading => {
  const passages = labelled(answer);
  const names = namesOf(labelled(explored)).map((name) => name.split('\n')[0] ?? name);
  const [chosen] = passages.flatMap(({ label, text }) =>
    label === 'CHOSEN' ? [text.split('\n')[0] ?? ''] : [],
  );
  const isNamed = names.some((name) => chosen?.toLowerCase().includes(name.toLowerCase()));
  const weak = passages.some(({ label, text }) => label === 'WEAKNESS' && text !== '');
  return readable(
    [
      ...(weak ? [] : ['it finds no weakness (WEAKNESS: what will go wrong)']),
      ...(chosen === undefined ? ['it chooses none (CHOSEN: name)'] : []),
      ...(chosen === undefined || isNamed
        ? []
        : [`CHOSEN: ${chosen.slice(0, 60)} is none of ${names.join(', ').slice(0, 300)}`]),
    ],
    answer,
  );
};

const readSpecify = (answer: string): TalkReading => {
  const passages = labelled(answer);
  const missing = (['IDEA', 'SPEC'] as const).filter(
    (wanted) => !passages.some(({ label, text }) => label === wanted && text !== ''),
  );
  return readable(
    missing.map((label) => `it has no ${label}: …`),
    answer,
  );
};

/** An answer of the rounds before the code, or what is wrong with it. */
export const readTalk = (
  round: 'explore' | 'criticise' | 'specify',
  answer: string,
  said: { explore?: string | undefined },
): TalkReading => {
  if (round === 'explore') return readExplore(answer);
  return round === 'criticise' ? readCriticise(answer, said.explore ?? '') : readSpecify(answer);
};

/** The one line that says what is tried; "" where a specification has none. */
export const ideaOf = (specification: string): string =>
  labelled(specification)
    .find(({ label }) => label === 'IDEA')
    ?.text.split('\n')[0] ?? '';
