/** Something that will happen; cancelled events are passed over. */
export interface Event {
  readonly at: number;
  readonly order: number;
  happen: (() => void | Promise<void>) | null;
}

const before = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Time in milliseconds that only events move, in a binary heap: what falls on one moment happens as it was asked for. */
export class VirtualClock {
  private readonly heap: Event[] = [];
  private order = 0;

  constructor(public now: number) {}

  after(ms: number, happen: () => void | Promise<void>): Event {
    const event: Event = { at: this.now + Math.max(0, ms), order: this.order++, happen };
    this.heap.push(event);
    this.rise(this.heap.length - 1);
    return event;
  }

  /** Lets events happen until none is left or the world says that it is over. */
  async run(isOver: () => boolean): Promise<void> {
    for (let next = this.pop(); next !== undefined; next = this.pop()) {
      if (next.happen === null) continue;
      this.now = next.at;
      const done = next.happen();
      if (done !== undefined) await done;
      if (isOver()) return;
    }
  }

  private pop(): Event | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.heap[0] = last;
    this.sink(0);
    return first;
  }

  private rise(start: number): void {
    for (let at = start; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  private sink(start: number): void {
    for (let at = start; ;) {
      const [left, right] = [this.heap[2 * at + 1], this.heap[2 * at + 2]];
      if (left === undefined) return;
      const child = right !== undefined && before(right, left) ? 2 * at + 2 : 2 * at + 1;
      if (!this.swapIfBefore(child, at)) return;
      at = child;
    }
  }

  /** Whether the one below was to happen first, and has changed places with the one above. */
  private swapIfBefore(below: number, above: number): boolean {
    const [child, parent] = [this.heap[below], this.heap[above]];
    if (child === undefined || parent === undefined || !before(child, parent)) return false;
    [this.heap[below], this.heap[above]] = [parent, child];
    return true;
  }
}
