/** The sources that studies choose from: what the grammar makes, three in ten with a defect of one of seven classes. */
import { readFileSync } from 'node:fs';
import { composeSource } from '../../dist/domain/simulation/grammar/compose.js';
import { DEFECTS, withDefect } from '../../dist/domain/simulation/grammar/defects.js';
import { random } from '../../dist/domain/random.js';

const DEFECTIVE = 0.3;

export const sourceOf = (name) =>
  readFileSync(new URL(`../../mechanisms/${name}.js`, import.meta.url), 'utf8');

const generated = (n) => {
  const draw = random('bilevel pool', n);
  const source = composeSource(draw, sourceOf);
  const defect = draw.next() < DEFECTIVE ? draw.pick(DEFECTS) : null;
  return { n, defect, source: defect === null ? source : withDefect(source, defect, draw) };
};

/** Generated source n of the pool, the same on every machine. */
export const poolOf = (size) => Array.from({ length: size }, (_, n) => generated(n));
