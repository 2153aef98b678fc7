/** Which room may import values from which; types may come from contract everywhere. */
const ROOMS = {
  contract: [],
  domain: [],
  workflows: ['domain', 'contract'],
  'mechanism-host': ['contract', 'domain'],
  activities: ['contract', 'domain', 'storage', 'mechanism-host'],
  storage: ['contract'],
  workers: ['contract', 'activities', 'storage', 'mechanism-host'],
  embedded: ['contract', 'workers'],
  report: ['contract', 'domain'],
  cli: ['contract', 'domain', 'report', 'storage', 'embedded', 'workers', 'workflows', 'mechanism-host'],
};

const WHY = {
  contract: 'contract is what processes say to each other: it knows none of them.',
  domain: 'domain decides and replays: give it values as arguments; only types may come from contract.',
  workflows: 'A workflow remembers; what touches the world is an activity, called through its interface.',
  'mechanism-host':
    'Code that nobody here wrote runs in it: it knows no ledger, no repository and no setting.',
  activities: 'An activity does one thing with what it was given; composition happens in workers.',
  storage: 'storage keeps things and knows nothing of who asks.',
  workers: 'workers put the parts together; servers of a laptop are the business of embedded.',
  'mechanism-host': 'The host runs what was handed to it and knows no loop.',
  embedded: 'embedded starts and keeps processes; it needs settings and names, not what runs inside.',
  report: 'A report is made from ledger rows that were handed to it.',
  cli: 'The command line asks through client, ledger and report; it runs no activity itself.',
};

const rooms = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: WHY[room],
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: `^src/(${[room, ...allowed].join('|')})/`,
    dependencyTypesNot: ['type-only'],
  },
}));

const only = (name, comment, path, packages) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: path },
  to: { path: `node_modules/(${packages})/` },
});

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'types-of-domain',
      comment: 'domain may use the types of contract and of nobody else.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^src/', pathNot: '^src/(domain|contract)/' },
    },
    {
      name: 'workflow-bundle',
      comment: 'Only contract files without zod may enter the workflow bundle.',
      severity: 'error',
      from: { path: '^src/(workflows|domain)/' },
      to: { path: '(schema|/units)\\.(ts|js)$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-packages',
      comment: 'domain needs no package; what it decides must replay in ten years.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'workflow-packages',
      comment: 'A workflow imports @temporalio/workflow and common, nothing else.',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: {
        dependencyTypes: ['npm', 'core'],
        pathNot: 'node_modules/@temporalio/(workflow|common)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'vaults-by-the-steward',
      comment: 'Only the steward reads vaults and its log: a loop asks it through steward-client.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(storage/(vault|audit)/|activities/steward/|workers/steward|cli/commands/(audit|vault|reserve|doctor)\\.ts|cli/doctor/check-steward\\.ts)',
      },
      to: { path: '^src/(storage/(vault|audit)|activities/steward)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'steward-apart',
      comment: 'The steward knows no ledger, no model and no proposer: it reads commits and vaults.',
      severity: 'error',
      from: {
        path: '^src/(activities/steward|storage/vault|storage/audit|workers/steward(|-main|-office))(/|\\.ts$)',
      },
      to: { path: '^src/(storage/(ledger|blobs)|activities/(propose|settle|rebase|open-loop|index))' },
    },
    {
      name: 'namespaces-apart',
      comment: "The steward's workflows are bundled for its own namespace and share nothing with a loop's.",
      severity: 'error',
      from: { path: '^src/workflows/(index|research-loop)' },
      to: { path: '^src/workflows/holdout' },
    },
    only('postgres-in-storage', 'SQL is written in src/storage; ask the ledger.', '^src/storage/', 'pg'),
    only('git-in-storage', 'git is called in src/storage; ask it there.', '^src/storage/', 'simple-git'),
    only(
      'models-in-activities',
      'Models are called by the propose activity alone.',
      '^src/activities/',
      'openai',
    ),
    only(
      'sandboxes-in-the-host',
      'Mechanisms run in src/mechanism-host; ask the host.',
      '^src/mechanism-host/',
      'quickjs-emscripten-core|@jitl',
    ),
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody uses this file: delete it, or use it.',
      severity: 'error',
      from: { orphan: true, pathNot: '(-main|/main|/index)\\.ts$' },
      to: {},
    },
    {
      name: 'known-packages',
      comment: 'Name the package in package.json.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'found',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
