/** What a run's history has come to, as the server tells it. */
export interface History {
  length: number;
  bytes: number;
  /** the server would rather have it end */
  suggested: boolean;
  /** why; absent where the server doesn't tell */
  reasons?: readonly string[] | undefined;
}

/** Where the server suggests an end because of these: early, for a history of 4,000 events or 4 MB is read in a second. */
const EARLY: readonly string[] = ['TOO_MANY_HISTORY_EVENTS', 'HISTORY_SIZE_TOO_LARGE'];
export const EARLY_EVENTS = 4000;
const EARLY_BYTES = 4 * 1024 ** 2;

/** Well under the server's warnings at 10,240 events and 10 MB. */
const MOST_EVENTS = 9000;
const MOST_BYTES = 8 * 1024 ** 2;

/** Of either limit, the part after which the loop gets ready for its end. */
const LATE = 0.88;

/** Whether size or length is all that the server has in mind. */
const isOnlyLong = ({ length, bytes, reasons }: History): boolean =>
  reasons !== undefined && reasons.length > 0
    ? reasons.every((reason) => EARLY.includes(reason))
    : length >= EARLY_EVENTS || bytes >= EARLY_BYTES;

/**
 * How much longer a run of the workflow may go on. Devices are idle while a loop continues as new, so it does that as
 * seldom as the server bears, and not without getting ready.
 */
export const historyRoom = (history: History): 'plenty' | 'little' | 'none' => {
  const { length, bytes, suggested } = history;
  if (suggested && !isOnlyLong(history)) return 'none';
  const full = Math.max(length / MOST_EVENTS, bytes / MOST_BYTES);
  return full > 1 ? 'none' : full > LATE ? 'little' : 'plenty';
};
