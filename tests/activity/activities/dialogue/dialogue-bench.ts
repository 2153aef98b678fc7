import { onTestFinished } from 'vitest';
import { createConverse } from '../../../../src/activities/dialogue/converse.js';
import { createExamine } from '../../../../src/activities/dialogue/examine.js';
import type { ProposeRequest, RoundRequest } from '../../../../src/contract/activities.js';
import type {
  Dialogue,
  ExamineRequest,
  Examined,
  Researcher,
  RoundAnswer,
} from '../../../../src/contract/dialogue.js';
import type { Prepared } from '../../../../src/contract/proposal.js';
import { proposerSchema } from '../../../../src/contract/task-schema.js';
import { nextStep } from '../../../../src/domain/dialogue/next-step.js';
import { OPEN_DIALOGUE } from '../../../../src/domain/dialogue/open-dialogue.js';
import { takeAnswer, takeExamined } from '../../../../src/domain/dialogue/take-answer.js';
import { type ModelRequestSeen, type Script, startModelServer } from '../../../support/model-server.js';
import { CRITICISED, EXPLORED, SPECIFIED } from '../../../support/research-answers.js';
import { quiet, workbench, type Workbench } from '../propose/workbench.js';

/** Which round a request to the server is, by what it asks for. */
export const roundOf = ({ messages }: ModelRequestSeen): string => {
  const user = messages.at(-1)?.content ?? '';
  const [, round = ''] = /^(Explore|Criticise|Specify|Write the code|Repair)\b/m.exec(user) ?? [];
  return round;
};

const TALK: Readonly<Record<string, string>> = {
  Explore: EXPLORED,
  Criticise: CRITICISED,
  Specify: SPECIFIED,
};

/** A model that talks well and writes these answers for code, one after the other. */
export const writing = (codes: readonly string[]) => {
  let next = 0;
  return (request: ModelRequestSeen): Script => ({
    answer: TALK[roundOf(request)] ?? codes[Math.min(next++, codes.length - 1)] ?? '',
  });
};

export const researcher = (options: Record<string, unknown> = {}): Researcher =>
  proposerSchema.parse({ kind: 'research', model: 'toy', timeout: 20, ...options }) as Researcher;

export interface DialogueBench {
  bench: Workbench;
  seen: ModelRequestSeen[];
  proposing: ProposeRequest;
  converse: (request: RoundRequest, attempt?: number) => Promise<RoundAnswer>;
  examine: (request: ExamineRequest) => Promise<Examined>;
  /** the rounds in turn, as the workflow holds them, and the commit */
  hold: (one: Researcher) => Promise<{ dialogue: Dialogue; prepared: Prepared }>;
}

const PROCESS = 'exploration:\n  edits: 1 # range: 1..4\n';

/** The real activities of a dialogue, beside a model server that answers by script. */
export const dialogueBench = async (
  scripts: Parameters<typeof startModelServer>[0],
  { files = {}, rest = {} }: { files?: Record<string, string>; rest?: Partial<ProposeRequest> } = {},
): Promise<DialogueBench> => {
  const server = await startModelServer(scripts);
  onTestFinished(server.close);
  const bench = workbench(
    { 'method/process/process.yaml': PROCESS, ...files },
    { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'sk-test' },
  );
  const [ask, look] = [createConverse(bench.deps), createExamine(bench.deps)];
  const proposing = bench.request(
    { level: 'R4', editable: ['method/process/**'], proposer: { kind: 'research' } },
    rest,
  );
  const converse: DialogueBench['converse'] = async (request, attempt = 1) =>
    await quiet({ attempt }).run<[RoundRequest], RoundAnswer, typeof ask>(ask, request);
  const examine: DialogueBench['examine'] = async (request) =>
    await quiet().run<[ExamineRequest], Examined, typeof look>(look, request);
  const hold: DialogueBench['hold'] = async (one) => {
    let dialogue = OPEN_DIALOGUE;
    for (;;) {
      const step = nextStep(dialogue, one.repairs);
      if (step.kind === 'refuse') {
        const { idea, reason } = step;
        const { usage } = dialogue;
        return {
          dialogue,
          prepared: { experiment: 1, proposer: 'research', usage, status: 'refused', idea, reason },
        };
      }
      if (step.kind === 'commit') {
        const written = { authored: step.authored, usage: dialogue.usage };
        const [prepared] = await bench.propose({ ...proposing, written });
        return { dialogue, prepared: prepared as Prepared };
      }
      if (step.kind === 'examine') {
        const { source, base } = proposing;
        dialogue = takeExamined(dialogue, await examine({ source, base, authored: step.authored }));
        continue;
      }
      const { round } = step;
      dialogue = takeAnswer(dialogue, round, await converse({ proposing, researcher: one, round, dialogue }));
    }
  };
  return { bench, seen: server.seen, proposing, converse, examine, hold };
};
