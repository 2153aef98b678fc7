import { cleanText } from './clean-text.js';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Untrusted text for an element's content or a quoted attribute of HTML or SVG. */
export function escapeText(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
}

/** The same, cut so that the result is at most `limit` characters long. */
export function escapeCut(text: string, limit: number): string {
  const head = text.slice(0, limit + 1);
  const whole = escapeText(head);
  if (head.length === text.length && whole.length <= limit) return whole;
  let length = 0;
  let kept = '';
  for (const point of cleanText(head)) {
    const safe = ENTITIES[point] ?? point;
    if (length + safe.length > limit - 1) break;
    length += safe.length;
    kept += safe;
  }
  return `${kept.trimEnd()}…`;
}
