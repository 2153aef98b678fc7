import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { AblationInput, AblationProgress, CellEnd, SearchEnd } from '../../contract/ablation.js';
import { ablationDetails } from '../../domain/ablation/details.js';
import { cellsOf } from '../../domain/ablation/cells.js';

/** A run's history stays well under the server's warning at 10,240 events. */
const MAX_EVENTS = 4000;

/** What an ablation remembers while it runs. */
export class AblationStudy {
  readonly found: SearchEnd[];
  readonly ended: CellEnd[];
  readonly running = new Set<string>();
  readonly planned: number;

  constructor(readonly input: AblationInput) {
    this.found = [...input.found];
    this.ended = [...input.ended];
    this.planned = cellsOf(input).length;
  }

  /** Nothing more is begun in this run; what runs is waited for, and the next run goes on. */
  isFull(): boolean {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    return continueAsNewSuggested || historyLength > MAX_EVENTS;
  }

  progress(): AblationProgress {
    return { planned: this.planned, searches: this.found, cells: this.ended, running: [...this.running] };
  }

  /** Keeps Temporal's UI current; costs no event. */
  show(): void {
    setCurrentDetails(ablationDetails(this.input, this.progress()));
  }
}
