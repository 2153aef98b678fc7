import { revertsOf } from '../contract/reverts.js';
import type { LoopRecord } from '../contract/ledger.js';
import type { Standings } from '../contract/standing.js';
import { readStandings } from '../domain/loop/read-standings.js';

/** The scores that a recorded loop believes. */
export const standingsOf = ({ loop, experiments, events }: LoopRecord): Standings =>
  readStandings({ rule: loop.input.task.acceptance.rule, rows: experiments, reverts: revertsOf(events) });
