export type Ink = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'magenta' | 'cyan';

export type Paint = (ink: Ink, text: string) => string;

const CODES: Record<Ink, string> = {
  bold: '1',
  dim: '2',
  green: '32',
  red: '31',
  yellow: '33',
  magenta: '35',
  cyan: '36',
};

/** Colours a finished piece of text, or leaves it; widths are to be measured before. */
export function paint(colour: boolean): Paint {
  return (ink, text) => (colour && text !== '' ? `\u001b[${CODES[ink]}m${text}\u001b[0m` : text);
}
