import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type {
  Artifact,
  MadeRun,
  OpenedTransfer,
  TransferInput,
  TransferPlan,
  TransferProgress,
} from '../../contract/transfer.js';
import { isOutdated } from '../newest-build.js';
import { nobodyServes } from '../../domain/device/choose-device.js';

/** A run's history stays well under the server's warning at 10,240 events. */
const MAX_EVENTS = 4000;

/** What a study remembers while it runs; its runs are in the ledger. */
export class TransferStudy {
  paused: string | null;
  readonly unserved = new Set<string>();
  made: MadeRun[] = [];
  artifacts: Artifact[] = [];
  plan: TransferPlan | null = null;

  constructor(readonly input: TransferInput) {
    this.paused = input.paused ?? null;
  }

  open({ plan, artifacts, made }: OpenedTransfer): void {
    this.plan = plan;
    this.artifacts = artifacts;
    this.made = [...made];
    this.show();
  }

  on(device: string): MadeRun[] {
    return this.made.filter((one) => one.device === device);
  }

  isFull(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    return isOutdated() || continueAsNewSuggested || historyLength > MAX_EVENTS;
  }

  progress(): TransferProgress {
    const { to, pairs } = this.input;
    const why = this.paused === null ? {} : { paused: this.paused };
    const planned = this.artifacts.length * pairs * to.length;
    return { done: this.made.length, planned, unserved: [...this.unserved], ...why };
  }

  /** What the next run begins with: what was made is in the ledger. */
  rest(): TransferInput {
    const { paused: _before, ...input } = this.input;
    return { ...input, ...(this.paused === null ? {} : { paused: this.paused }) };
  }

  turn(paused: string | null): void {
    this.paused = paused;
    upsertSearchAttributes({ Phase: [paused === null ? 'transfer' : 'paused'] });
    this.show();
  }

  /** Keeps Temporal's UI current; costs no event. */
  show(): void {
    const { loop, to } = this.input;
    const { done, planned } = this.progress();
    const stands = this.paused === null ? '' : `\n\nPaused: ${this.paused}`;
    const waits = [...this.unserved].map((device) => `\n\n${nobodyServes([device])}`).join('');
    setCurrentDetails(
      `What \`${loop}\` has kept, on ${to.join(', ')}: ${String(done)} of at most ${String(planned)} runs.${stands}${waits}`,
    );
  }
}
