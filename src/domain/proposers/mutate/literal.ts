/** A stretch of a file that `mutate` may replace; everything else stays as it is, byte for byte. */
export interface Literal {
  path: string;
  /** offsets into the file's text, sign and quotes included */
  start: number;
  end: number;
  text: string;
  /** what it is called, for the idea: the assigned name, or `line 12` */
  name: string;
  line: number;
  /** how often it is drawn, relative to the others: named and annotated ones are what people tune */
  weight: number;
  kind: LiteralKind;
}

export type LiteralKind =
  | { type: 'number'; signed: boolean; range: Range | null }
  | { type: 'boolean'; other: string }
  /** `quote` is put around a drawn choice */
  | { type: 'choice'; choices: string[]; quote: string };

/** Inclusive bounds from a `range: lo..hi` comment. */
export interface Range {
  low: number;
  high: number;
}
