import {
  CancellationScope,
  setCurrentDetails,
  workflowInfo,
  type ChildWorkflowHandle,
  type Workflow,
} from '@temporalio/workflow';
import type { ChosenDevice } from '../../contract/chosen-device.js';
import type { AblationInput, AblationProgress, CellEnd, SearchEnd } from '../../contract/ablation.js';
import { ablationDetails } from '../../domain/ablation/details.js';
import { cellsOf } from '../../domain/ablation/cells.js';
import { isOutdated } from '../newest-build.js';

/** A run's history stays well under the server's warning at 10,240 events. */
const MAX_EVENTS = 4000;

/** What an ablation remembers while it runs. */
export class AblationStudy {
  readonly found: SearchEnd[];
  readonly ended: CellEnd[];
  readonly running = new Set<string>();
  /** those of them that can be told something */
  readonly children = new Map<string, ChildWorkflowHandle<Workflow>>();
  /** why it stands still */
  paused: string | null;
  /** why nothing more is begun; what runs still ends */
  stopping: string | null = null;
  /** of all that it runs: cancelled, loops below wind down */
  readonly scope = new CancellationScope();
  readonly planned: number;
  readonly devices: Record<string, ChosenDevice>;

  constructor(readonly input: AblationInput) {
    this.found = [...input.found];
    this.ended = [...input.ended];
    this.paused = input.paused ?? null;
    this.devices = { ...input.devices };
    this.planned = cellsOf(input).length;
  }

  /** Nothing more is begun in this run; what runs is waited for, and unless it was stopped the next run goes on. */
  isFull(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    return this.stopping !== null || isOutdated() || continueAsNewSuggested || historyLength > MAX_EVENTS;
  }

  progress(): AblationProgress {
    const { planned, found, ended, running, paused, stopping } = this;
    const why = { ...(paused === null ? {} : { paused }), ...(stopping === null ? {} : { stopping }) };
    return { planned, searches: found, cells: ended, running: [...running], ...why };
  }

  /** What the next run begins with. */
  rest(): AblationInput {
    const { paused: _before, ...input } = this.input;
    const why = this.paused === null ? {} : { paused: this.paused };
    return { ...input, found: this.found, ended: this.ended, devices: this.devices, ...why };
  }

  /** Keeps Temporal's UI current; costs no event. */
  show(): void {
    setCurrentDetails(ablationDetails(this.input, this.progress()));
  }
}
