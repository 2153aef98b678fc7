import type { WorkflowExecutionDescription } from '@temporalio/client';

/** Waiting for a device has words of its own. */
const AWAIT = 'awaitDevice';
/** The first failure is often the last one. */
const TRIES = 2;

const NAMES: Readonly<Record<string, string>> = { runCandidate: 'a run' };

type Pending = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

const reasonOf = ({ lastFailure }: Pending): string => {
  let failure = lastFailure;
  let text = '';
  while (failure) {
    text = failure.message || text;
    failure = failure.cause;
  }
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
};

/** What is tried again and again without success, such as a push to a remote that is away: each reason once. */
export const stuckActivities = ({ raw }: WorkflowExecutionDescription): string[] => {
  const told = new Map<string, string>();
  for (const pending of raw.pendingActivities ?? []) {
    const name = pending.activityType?.name ?? '';
    const attempt = pending.attempt ?? 0;
    const reason = reasonOf(pending);
    if (name === AWAIT || attempt <= TRIES || reason === '') continue;
    told.set(
      reason,
      `${NAMES[name] ?? name} fails and is tried again (${String(attempt)} times so far): ${reason}`,
    );
  }
  return [...told.values()];
};
