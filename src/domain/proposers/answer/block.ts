/** One thing that an answer asks for, as it was written; not yet compared with any file. */
export type Block =
  | { kind: 'replace'; path: string; search: string; replace: string }
  | { kind: 'whole'; path: string; content: string }
  | { kind: 'delete'; path: string };

export interface Answer {
  /** empty if the answer gave none */
  idea: string;
  blocks: Block[];
  /** what could not be read, in words for whoever wrote it */
  problems: string[];
}
