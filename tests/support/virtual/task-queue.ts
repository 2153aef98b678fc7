/** Where a task of an activity stands in the queue: lower first, then in turns between keys, then as they came. */
export interface Rank {
  priority: number;
  fairness: string;
}

interface Queued<T> extends Rank {
  task: T;
  /** how many of its key the queue had let pass or held before it */
  turn: number;
  order: number;
}

const isBefore = <T>(a: Queued<T>, b: Queued<T>): boolean =>
  a.priority !== b.priority
    ? a.priority < b.priority
    : a.turn !== b.turn
      ? a.turn < b.turn
      : a.order < b.order;

/** A task queue of the server: pollers that wait are served in the order they came, tasks by rank. */
export class TaskQueue<T> {
  private readonly tasks: Queued<T>[] = [];
  private readonly pollers: ((task: T) => void)[] = [];
  private readonly turns = new Map<string, number>();
  private passed = 0;
  private order = 0;

  get depth(): number {
    return this.tasks.length;
  }

  offer(task: T, { priority, fairness }: Rank): void {
    const poller = this.pollers.shift();
    if (poller !== undefined) return poller(task);
    const turn = Math.max(this.turns.get(fairness) ?? 0, this.passed);
    if (fairness !== '') this.turns.set(fairness, turn + 1);
    const queued = { task, priority, fairness, turn: fairness === '' ? 0 : turn, order: this.order++ };
    const at = this.tasks.findIndex((other) => isBefore(queued, other));
    this.tasks.splice(at < 0 ? this.tasks.length : at, 0, queued);
  }

  /** Takes the next task now or when one comes; the answer withdraws the poll. */
  poll(take: (task: T) => void): () => void {
    const next = this.tasks.shift();
    if (next === undefined) this.pollers.push(take);
    else {
      this.passed = Math.max(this.passed, next.turn);
      take(next.task);
    }
    return () => {
      const at = this.pollers.indexOf(take);
      if (at >= 0) this.pollers.splice(at, 1);
    };
  }

  withdraw(task: T): void {
    const at = this.tasks.findIndex((queued) => queued.task === task);
    if (at >= 0) this.tasks.splice(at, 1);
  }
}
