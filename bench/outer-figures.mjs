/**
 * What an outer loop costs beside the runs that it is for, from the histories of its workflows.
 *
 * Wall time goes from the start of the outer loop's workflow to its end. A moment of it is *spent on a run* when at least
 * one command of a child loop (with its evaluator and guards) was under way on a device, or a model was being asked by the
 * outer loop or by a child; all else is the engine's own: commits, checkouts, verdicts, baselines' bookkeeping, starts of
 * child workflows, waiting for a poll. `own` is the share of such moments, so a gap between two runs counts unless another
 * child's run covers it. `between` is the share in which no child loop was under way at all: what the outer level adds.
 */
import { defaultPayloadConverter } from '@temporalio/common';

const millis = ({ seconds, nanos }) => Number(seconds) * 1000 + (nanos ?? 0) / 1e6;

/** Activities: a run, told by its report, and a round of a dialogue with a model. */
const RUN = 'runCandidate';
const ROUND = 'converse';

/** Milliseconds that are covered by at least one interval, within from and to. */
export const covered = (intervals, { from, to }) => {
  let end = from;
  let sum = 0;
  for (const [start, stop] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const until = Math.min(stop, to);
    if (until <= end) continue;
    sum += until - Math.max(start, end);
    end = until;
  }
  return sum;
};

/** When a run's own command began and its guards ended; the checkout before it is the engine's. */
const runOf = ({ startedAt, seconds }) => {
  const start = Date.parse(startedAt);
  return [start, start + (seconds.run + seconds.measure + seconds.guards) * 1000];
};

const activitiesOf = async (client, workflow) => {
  const { events } = await client.workflow.getHandle(workflow).fetchHistory();
  const scheduled = new Map();
  const started = new Map();
  const busy = [];
  for (const { eventId, eventTime, ...event } of events) {
    const at = millis(eventTime);
    const { activityTaskScheduledEventAttributes: asked, activityTaskStartedEventAttributes: begun } = event;
    const done = event.activityTaskCompletedEventAttributes;
    if (asked) scheduled.set(String(eventId), asked.activityType.name);
    if (begun) started.set(String(begun.scheduledEventId), at);
    if (!done) continue;
    const name = scheduled.get(String(done.scheduledEventId));
    if (name === RUN) busy.push(runOf(defaultPayloadConverter.fromPayload(done.result.payloads[0])));
    else if (name === ROUND) busy.push([started.get(String(done.scheduledEventId)), at]);
  }
  return { busy, from: millis(events[0].eventTime), to: millis(events.at(-1).eventTime) };
};

const round = (value) => Number(value.toFixed(4));

/** Shares of an outer loop's wall time, and what it consisted of. */
export const outerFigures = async (client, loop, below) => {
  const above = await activitiesOf(client, loop);
  const children = await Promise.all(below.map((child) => activitiesOf(client, child)));
  const wall = above.to - above.from;
  const runs = children.flatMap(({ busy }) => busy);
  const lives = children.map(({ from, to }) => [from, to]);
  return {
    wall_s: round(wall / 1000),
    children: below.length,
    runs: runs.length,
    own: round(1 - covered([...runs, ...above.busy], above) / wall),
    between: round(1 - covered([...lives, ...above.busy], above) / wall),
  };
};
