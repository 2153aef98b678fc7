import { UserError } from '../../contract/user-error.js';
import { withoutSecrets } from './remote-url.js';

const CAUSES: readonly (readonly [RegExp, what: string, fix: string])[] = [
  [
    /could not read (username|password)|authentication failed|terminal prompts disabled|permission denied \(|publickey|HTTP 40[13]|returned error: 40[13]/i,
    'refuses this user',
    'Give this user credentials that work without a question: an ssh key without a passphrase or in an agent, or a git credential helper. Nothing is lost; it is tried again.',
  ],
  [
    /host key verification failed/i,
    'has a host key that is not known here',
    'Add it once: ssh-keyscan HOST >> ~/.ssh/known_hosts, after you have compared it. Nothing is lost; it is tried again.',
  ],
  [
    /does not appear to be a git repository|repository .*not found|returned error: 404|no such file or directory/i,
    'has no such repository',
    'Make it (git init --bare), or correct `remote` in task.yaml or AUTOLIFT_GIT_REMOTE.',
  ],
  [
    /remote rejected|pre-receive hook|protected|denied by|read-only|unpack failed|insufficient permission/i,
    'takes no commits below refs/autolift/',
    'Let this user write refs/autolift/* there; branches and tags are not touched.',
  ],
];

const UNREACHABLE = ["can't be reached", 'Nothing is lost; it is tried again until it answers.'] as const;

/** The lines in which git and ssh say what happened, without their advice. */
const said = (text: string): string =>
  withoutSecrets(text)
    .split('\n')
    .map((line) => line.replace(/^(fatal|error|remote|Error):\s*/g, '').trim())
    .filter((line) => line !== '' && !/^(Please make sure|and the repository exists|hint:)/.test(line))
    .slice(0, 3)
    .join('; ')
    .slice(0, 300);

/** What went wrong between this host and a git remote, in one message that holds no secret. */
export const explainRemote = (url: string, host: string, stderr: string): UserError => {
  const [, what, fix] = CAUSES.find(([pattern]) => pattern.test(stderr)) ?? [null, ...UNREACHABLE];
  const reason = said(stderr);
  return new UserError(
    `the git remote ${what}${reason === '' ? '' : ` (${reason})`}`,
    `${withoutSecrets(url)} from ${host}`,
    fix,
  );
};
