import type { RoundKind } from '../../contract/dialogue.js';
import { random } from '../random.js';
import { composeSource } from '../simulation/grammar/compose.js';
import { RULE_NAMES } from '../simulation/grammar/rules.js';
import { type Field, fieldNamed } from './fields.js';

/** A mechanism of the library, as far as a catalogue has to know it. */
export interface CatalogueEntry {
  name: string;
  domain: string;
  what: string;
  source: string;
}

/** Its name wherever a model's would stand: nothing here was invented. */
export const CATALOGUE = 'catalogue (selects and composes, invents nothing)';

/** Of 3 candidates one is of the library as it is, two are composed. */
const SHARE_OF_SINGLES = 1 / 3;
const HYPOTHESES = 3;

export interface CatalogueDraw {
  seed: number;
  experiment: number;
  /** rounds that were answered: a repair draws another one */
  rounds: number;
}

interface Known extends CatalogueEntry {
  field: Field;
}

const knownFields = (library: readonly CatalogueEntry[]): Known[] =>
  library.flatMap((entry) => {
    const field = fieldNamed(entry.domain);
    return field === null ? [] : [{ ...entry, field }];
  });

/** Entries of as many fields, the same ones whenever they are asked for. */
const drawn = (library: readonly CatalogueEntry[], { seed, experiment }: CatalogueDraw): Known[] => {
  const stream = random('catalogue', seed, experiment);
  let left = knownFields(library);
  const chosen: Known[] = [];
  while (chosen.length < HYPOTHESES && left.length > 0) {
    const one = stream.pick(left);
    chosen.push(one);
    left = left.filter(({ field }) => field !== one.field);
  }
  return chosen;
};

const explored = (chosen: readonly Known[]): string =>
  chosen
    .map(
      ({ name, field, what }) =>
        `HYPOTHESIS: ${name}\nFIELD: ${field}\nCLAIM: ${what}\nTEST: u of the loops below, on the same seeds`,
    )
    .join('\n\n');

const criticised = (chosen: readonly Known[]): string =>
  [
    ...chosen.map(
      ({ name }) => `HYPOTHESIS: ${name}\nWEAKNESS: nobody has read the traces; only the measurement tells`,
    ),
    `CHOSEN: ${chosen[0]?.name ?? ''}`,
  ].join('\n\n');

interface Made {
  idea: string;
  source: string;
}

/** What chance has set about the rules of a composed source: `step 3, patience 10`; as `withParams` writes them. */
const settingsIn = (source: string): string =>
  [...source.matchAll(/, \.\.\.(\{"[^{}]*\}) \}/g)]
    .flatMap(([, json = '{}']) => Object.entries(JSON.parse(json) as Record<string, unknown>))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

/** What is tried: the chosen one of the library as it is, or rules that the grammar composes. */
const made = (library: readonly CatalogueEntry[], draw: CatalogueDraw, turn: number): Made => {
  const stream = random('catalogue', draw.seed, draw.experiment, 'made', turn);
  const sourceOf = (name: string): string => {
    const found = library.find((entry) => entry.name === name);
    if (found === undefined) throw new RangeError(`the library has no ${name} of ${RULE_NAMES.join(', ')}`);
    return found.source;
  };
  const [chosen] = drawn(library, draw);
  if (turn === 0 && chosen !== undefined && stream.next() < SHARE_OF_SINGLES)
    return { idea: `${chosen.name}, of the library`, source: chosen.source };
  const source = composeSource(stream, sourceOf);
  const name = /"name":"([^"]+)"/.exec(source)?.[1] ?? 'rules';
  const decides = /"decides":"([^"]+)"/.exec(source)?.[1] ?? '';
  const how = [decides, settingsIn(source)].filter((part) => part !== '').join('; ');
  return { idea: `${name}, of the library, composed by the grammar (${how})`, source };
};

/**
 * What the catalogue answers in a round, in the words that a model would have to use: the same path without a model. It
 * selects from the library and composes its rules; the seed decides, and no trace is read.
 */
export const catalogueAnswer = (
  round: RoundKind,
  library: readonly CatalogueEntry[],
  draw: CatalogueDraw,
): string => {
  const chosen = drawn(library, draw);
  if (round === 'explore') return explored(chosen);
  if (round === 'criticise') return criticised(chosen);
  const turn = round === 'repair' ? draw.rounds : 0;
  const { idea, source } = made(library, draw, turn);
  const says = `IDEA: ${idea}: selected and composed, not invented`;
  if (round === 'specify') return `NAME: ${chosen[0]?.name ?? 'rules'}\n${says}\nSPEC: as the library has it`;
  return `${says}\n\n\`\`\`js\n${source.trimEnd()}\n\`\`\``;
};
