import path from 'node:path';
import { ARMS, type AblationInput } from '../../contract/ablation.js';
import { ablationReport } from '../../domain/ablation/ablation-report.js';
import { cellsOf } from '../../domain/ablation/cells.js';
import { counted } from '../../domain/format.js';
import { ensureDevices } from '../../embedded/index.js';
import { ablationText } from '../../report/ablation/ablation-text.js';
import type { Settings } from '../../workers/settings.js';
import { readWanted } from '../ablation/ablation-flags.js';
import { followAblation } from '../ablation/follow-ablation.js';
import { joinAblation } from '../ablation/join-ablation.js';
import { planAblation } from '../ablation/plan-ablation.js';
import { ablationFolder, writeAblation } from '../ablation/write-ablation.js';
import { ablationAsksModels } from '../asks-models.js';
import { defineCommand } from '../command.js';
import { checkNamedServers, settingsOf, withEngine, type Engine } from '../engine.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { ownCommand } from '../own-command.js';
import { uiAddress } from '../places.js';
import { searchesWithChildren } from '../research/children-of-fleet.js';
import { checkHanded } from '../method/handed-mechanism.js';
import { UNCHECKED_FLAG } from '../method/unchecked-flag.js';
import type { Terminal } from '../terminal.js';
import { cpuDevicesFor } from '../cpu-devices.js';

interface Ending {
  folder: string;
  jsonFile: string | undefined;
  detach: boolean;
  again: boolean;
  stop: boolean;
}

const HOW = {
  started: 'starts',
  joined: 'runs already, joined',
  continued: 'goes on',
  finished: 'has ended before; nothing is run again',
} as const;

/** Starts what is missing of the engine; returns how many CPU devices this machine serves then. */
const startEngine = async (input: AblationInput, settings: Settings): Promise<number> => {
  await checkNamedServers(settings);
  const tasks = input.research.tasks.map(({ task }) => task);
  const most = Math.max(...tasks.map(cpuDevicesFor));
  const atATime = Math.max(
    input.parallel,
    Object.keys(input.searches).length > 0 ? input.research.parallel : 1,
  );
  const needs = { cpuDevices: most * atATime, models: ablationAsksModels(input) };
  const { cpuDevices } = await ensureDevices(settings, needs);
  return cpuDevices;
};

const runAblation = async (
  engine: Engine,
  input: AblationInput,
  { terminal, ending }: { terminal: Terminal; ending: Ending },
): Promise<ExitCode> => {
  const { handle, how, before } = await joinAblation(engine, input, ending);
  if (ending.stop && how !== 'finished') await handle.cancel();
  const cells = cellsOf(input).length;
  terminal.err(
    `${input.id} ${HOW[how]}: ${counted(cells, 'loop')}${before === 0 ? '' : `, ${String(before)} of them ended before`}`,
  );
  terminal.err(`  watch    ${uiAddress(engine.settings, input.id) ?? 'Temporal UI'} (Ctrl-C detaches)`);
  const names = input.research.tasks.map(({ task }) => task.name);
  const result = ending.detach ? null : await followAblation(handle, { terminal, names });
  if (result === null) {
    terminal.err(`It goes on by itself; the same \`${ownCommand(terminal)} ablate\` joins it again.`);
    return EXIT.ok;
  }
  const report = ablationReport(input, result);
  const files = await writeAblation(report, ending.folder, ending.jsonFile);
  terminal.out(ablationText(report));
  terminal.out(`\nWritten: ${files.join(', ')}`);
  return report.cells.some(({ u }) => u !== null) ? EXIT.ok : EXIT.failed;
};

export const ablate = defineCommand({
  name: 'ablate',
  description:
    'Compare ways to search on the same tasks, seeds and budgets: the loop, more budget, chance, a sham, parameters, mechanisms',
  args: {
    folder: {
      type: 'positional',
      default: '.',
      description: 'folder of an outer task (level R4), or of several plain tasks with stop.target',
    },
    arms: {
      type: 'string',
      description: `of ${ARMS.join(',')}; default: all that can be had`,
      valueHint: 'list',
    },
    n: { type: 'string', description: 'repeats, each on a seed of its own (10)', valueHint: 'n' },
    tasks: { type: 'string', description: 'only these of the tasks', valueHint: 'list' },
    method: {
      type: 'string',
      description:
        'methods found elsewhere, instead of a search for them: B=<ref>,C=<ref>,D=<ref>; may stand there several times',
      valueHint: 'list',
    },
    hand: {
      type: 'string',
      default: 'novelty+line-search+sweep',
      description: 'arm H: mechanisms of the library, one above the other',
      valueHint: 'names',
    },
    experiments: { type: 'string', description: 'budget of each loop', valueHint: 'n' },
    plus: {
      type: 'string',
      description: 'budget of each loop of A+ instead of the search’s',
      valueHint: 'n',
    },
    'outer-experiments': { type: 'string', description: 'methods that each search tries', valueHint: 'n' },
    searches: {
      type: 'string',
      description: 'searches of each of B, C, D; repeats share them (1)',
      valueHint: 'n',
    },
    parallel: { type: 'string', description: 'loops at a time (1)', valueHint: 'n' },
    seed: { type: 'string', description: 'of everything (0)', valueHint: 'n' },
    out: { type: 'string', description: 'folder for ablation.md, .json and .svg', valueHint: 'dir' },
    json: { type: 'string', description: 'write the numbers to this file too', valueHint: 'file' },
    detach: { type: 'boolean', alias: 'd', description: 'start it and return' },
    again: { type: 'boolean', description: 'run the loops that failed once more' },
    stop: { type: 'boolean', description: 'end it now, with what there is' },
    unchecked: UNCHECKED_FLAG,
  },
  takesMany: true,
  lists: ['method'],
  examples: [
    [
      'autolift ablate examples/outer-loop --arms A,S,B,H --n 10',
      'searches for the method of B, then compares',
    ],
    ['autolift ablate examples/k-module --arms A,R,S,H --n 10', 'one plain task'],
    ['autolift ablate outer --arms A,B,C --method B=tuned,C=.#HEAD:method', 'methods that were found before'],
  ],
  notes: [
    'What ended is never run again: after Ctrl-C, a crash or --stop the same command goes on. See docs/ablation.md.',
  ],
  run: async ({ _: words, folder, out, json, detach, again, stop, unchecked, ...flags }, terminal) => {
    const settings = settingsOf(terminal);
    const named = words.filter((word) => word !== '--');
    const local = settings.temporal.kind === 'embedded';
    const options = { home: settings.home, env: terminal.env, local, cwd: terminal.cwd };
    const { input, notices, handed } = await planAblation(
      named.length === 0 ? [folder] : named,
      readWanted(flags),
      options,
    );
    const at = (file: string | undefined) =>
      file === undefined ? undefined : path.resolve(terminal.cwd, file);
    // what is stopped searches by it already
    const gates = stop === true ? [] : await checkHanded(handed, unchecked === true, terminal);
    const ending: Ending = {
      folder: await ablationFolder(settings, input.id, at(out)),
      jsonFile: at(json),
      detach: detach === true,
      again: again === true,
      stop: stop === true,
    };
    const cpuDevices = await startEngine(input, settings);
    for (const text of [...gates, ...notices]) terminal.err(`  ! ${text}`);
    return withEngine(settings, async (engine) => {
      const searches = await searchesWithChildren(engine, input.searches, cpuDevices);
      return runAblation(engine, { ...input, searches }, { terminal, ending });
    });
  },
});
