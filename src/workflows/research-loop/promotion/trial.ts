import type { Incumbent, ProvisionalChange } from '../../../contract/loop.js';
import type { RunRecord } from '../../../contract/measurement.js';
import type { PromotionEvent, PromotionState, Standing } from '../../../contract/promotion.js';
import type { Ready } from '../../../contract/proposal.js';
import { stepPromotion } from '../../../domain/acceptance/promotion.js';
import type { MeasuredPair } from '../../../domain/promotion/measured-pair.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import type { RunPlan } from '../run-request.js';
import { patiently } from './patiently.js';

/** Output of runs that went well isn't kept: a promotion has hundreds. */
const MOST_TAIL = 1000;

/** A row of more would be too large for Temporal; the values of all pairs are in the verdict anyway. */
const MOST_RECORDS = 1000;

export const slim = (record: RunRecord): RunRecord => ({
  ...record,
  tail: record.status === 'ok' ? '' : record.tail.slice(-MOST_TAIL),
});

interface Begun {
  promotion: PromotionState;
  trunk: Incumbent;
  head: Incumbent;
  provisional: readonly ProvisionalChange[];
  prepared: Ready;
}

/** A promotion under way: the machine's state as it goes on, and everything that was measured for it. */
export class Trial {
  state: PromotionState;
  /** the experiment that it is; its commit is the branch's head, then what is sealed */
  prepared: Ready;
  readonly records: RunRecord[] = [];
  readonly pairs: MeasuredPair[] = [];
  readonly standing: Standing[] = [];
  /** commits of the branch's subsets by their changes; null: they conflict without the rest */
  readonly composed = new Map<string, string | null>();
  /** the commit that is to be the new trunk, once the test is won */
  sealed: string | null = null;
  /** experiments whose changes that commit holds beyond the trunk */
  changes: readonly string[] = [];

  constructor(
    readonly loop: Loop,
    readonly measure: Measure,
    /** the loop's state of affairs when it began */
    readonly begun: Begun,
  ) {
    this.state = begun.promotion;
    this.prepared = begun.prepared;
  }

  step(event: PromotionEvent): void {
    this.state = stepPromotion(this.state, event).state;
    this.publish();
  }

  /** Lets status and details show how far it is. */
  publish(): void {
    this.loop.promoting = this.state;
    this.loop.changed = true;
  }

  /** One run; repeated after a pause where infrastructure failed, null if the loop is stopped instead. */
  async run(plan: Omit<RunPlan, 'experiment'>): Promise<RunRecord | null> {
    const { experiment, idea } = this.prepared;
    return await this.patiently(async () => {
      const record = await this.measure(this.loop, { experiment, ...plan }, idea);
      if (this.records.length < MOST_RECORDS) this.records.push(slim(record));
      return record;
    });
  }

  /** Repeats a step until infrastructure lets it end; null if the loop is stopped meanwhile. */
  async patiently<T>(step: () => Promise<T>): Promise<T | null> {
    return await patiently(this.loop, `promotion ${String(this.prepared.experiment)}`, step);
  }
}
