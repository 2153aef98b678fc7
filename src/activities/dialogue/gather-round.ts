import type { RoundRequest } from '../../contract/activities.js';
import type { RoundPromptInput } from '../../domain/dialogue/round-prompt.js';
import { searchState } from '../../domain/dialogue/search-state.js';
import { random } from '../../domain/random.js';
import type { Deps } from '../deps.js';
import { rememberSnapshots } from '../propose/snapshot.js';
import { childTraces } from './child-traces.js';
import { recallLessons } from '../propose/recall-lessons.js';
import { methodAt } from './method-at.js';

export type GatherRound = (request: RoundRequest) => Promise<RoundPromptInput>;

/** Collects what a round's prompt shows. */
export const createGatherRound = (
  deps: Pick<Deps, 'openRepository' | 'ledger' | 'readLibrary'>,
): GatherRound => {
  const snapshotOf = rememberSnapshots();
  return async ({ proposing, round, dialogue }) => {
    const { loop, task, source, base, hints, experiments } = proposing;
    const experiment = experiments[0] ?? 0;
    const repository = await deps.openRepository(source.repository);
    const [files, { instructions }, record, library] = await Promise.all([
      methodAt(repository, source, base),
      snapshotOf(repository, proposing),
      deps.ledger.record(loop),
      deps.readLibrary(),
    ]);
    const rows = record?.experiments ?? [];
    const instructionText = instructions?.text ?? null;
    const about = { files: Object.keys(files), instructions: instructionText };
    const example = random('example', task.seed, experiment).pick(
      library.filter(({ meta }) => meta.domain !== 'control'),
    );
    return {
      round,
      dialogue,
      goal: task.goal,
      instructions: instructionText,
      hints,
      lessons: round === 'explore' ? await recallLessons(deps, proposing, about) : [],
      searchState: searchState(rows, await childTraces(deps.ledger, rows, base)),
      process: files['process/process.yaml'] ?? null,
      mechanism: files['process/mechanism.js'] ?? null,
      example: { name: example.meta.name, source: example.source },
      seed: `${loop}#${String(experiment)}.${String(dialogue.rounds)}/${String(task.seed)}`,
    };
  };
};
