/** A number as it is written: its value and how to write another one in the same style. */
export interface Numeral {
  value: number;
  integer: boolean;
  write(value: number): string | null;
}

const SUFFIX = /(?:[fFlLn]|[uU][lL]{0,2}|[lL]{2}|_?[iuf](?:8|16|32|64|128|size))$/;
const HEX_SUFFIX = /[uUlLn]+$/;
const RADIX: Record<string, number> = { x: 16, b: 2, o: 8 };

const group = (digits: string, size: number): string => {
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= size)
    parts.unshift(digits.slice(Math.max(0, end - size), end));
  return parts.join('_');
};

const prefixed = (body: string, suffix: string): Numeral => {
  const digits = body.slice(2).replaceAll('_', '');
  const radix = RADIX[(body[1] ?? '').toLowerCase()] ?? 10;
  const upper = /[A-F]/.test(digits);
  return {
    value: Number.parseInt(digits, radix),
    integer: true,
    write: (value) => {
      if (value < 0) return null;
      const plain = value.toString(radix).padStart(digits.length, '0');
      const cased = upper ? plain.toUpperCase() : plain;
      return body.slice(0, 2) + (body.includes('_') ? group(cased, 4) : cased) + suffix;
    },
  };
};

const integer = (body: string, suffix: string): Numeral => ({
  value: Number(body.replaceAll('_', '')),
  integer: true,
  write: (value) => (body.includes('_') ? group(String(value), 3) : String(value)) + suffix,
});

/** One significant digit more than there are, so that a search goes from coarse to fine: 0.2 → 0.13 → 0.127. */
const significant = (digits: string): number =>
  Math.min(6, Math.max(2, digits.replace(/\D/g, '').replace(/^0+/, '').length + 1));

const scientific = (body: string, suffix: string): Numeral => {
  const [, mantissa = '', e = 'e', sign = '', power = ''] = /^([^eE]+)([eE])([+-]?)(\d+)$/.exec(body) ?? [];
  return {
    value: Number(body.replaceAll('_', '')),
    integer: false,
    write: (value) => {
      const [head = '', exponent = ''] = value.toExponential(significant(mantissa) - 1).split('e');
      const short = head.includes('.') ? head.replace(/\.?0+$/, '') : head;
      const digits = exponent.slice(1).padStart(power.length, '0');
      const minus = exponent.startsWith('-') ? '-' : sign === '+' ? '+' : '';
      return `${mantissa.includes('.') && !short.includes('.') ? `${short}.0` : short}${e}${minus}${digits}${suffix}`;
    },
  };
};

const decimal = (body: string, suffix: string): Numeral => ({
  value: Number(body.replaceAll('_', '')),
  integer: false,
  write: (value) => {
    if (value >= 1e15) return null;
    const magnitude = value === 0 ? 0 : Math.floor(Math.log10(value));
    const places = Math.min(15, Math.max(1, significant(body) - 1 - magnitude));
    const text = value.toFixed(places).replace(/(\.\d+?)0+$/, '$1');
    return (body.startsWith('.') ? text.replace(/^0\./, '.') : text) + suffix;
  },
});

/** Reads an unsigned number in any of its spellings: 12, 1_000, 0xff, .5, 1e-3, 0.1f, 64u32. */
export const numeral = (text: string): Numeral => {
  const suffix = (/^0[xX]/.test(text) ? HEX_SUFFIX : SUFFIX).exec(text)?.[0] ?? '';
  const body = text.slice(0, text.length - suffix.length);
  if (/^0[xXbBoO]/.test(body)) return prefixed(body, suffix);
  if (/[eE]/.test(body)) return scientific(body, suffix);
  return body.includes('.') ? decimal(body, suffix) : integer(body, suffix);
};
