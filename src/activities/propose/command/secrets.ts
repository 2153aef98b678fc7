import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Keys, tokens and histories in a user's home folder. Agents' own settings are not among them: they need those. */
const PERSONAL = [
  ...['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.kaggle', '.huggingface', '.temporalio'],
  ...['.netrc', '.git-credentials', '.gitconfig', '.pgpass', '.my.cnf', '.npmrc', '.yarnrc.yml', '.pypirc'],
  ...['.config/gcloud', '.config/gh', '.config/glab-cli', '.config/hub', '.config/git', '.config/rclone'],
  ...['.config/op', '.config/containers', '.config/doctl', '.config/google-chrome', '.config/chromium'],
  ...['.password-store', '.local/share/keyrings', '.local/share/fish', '.mozilla', '.terraform.d'],
  ...['.cargo/credentials', '.cargo/credentials.toml', '.cache/huggingface/token', '.env', '.envrc'],
  ...['.bash_history', '.zsh_history', '.python_history', '.node_repl_history', '.psql_history'],
];
const OF_THE_HOST = ['/etc/shadow', '/etc/shadow-', '/etc/gshadow', '/etc/gshadow-', '/etc/sudoers'];
const FOLDERS_OF_THE_HOST = ['/run', '/etc/sudoers.d', '/etc/ssl/private'];
/** /run has the sockets of other services; these parts of it are what names are resolved and programs started with. */
const HARMLESS = ['/etc/resolv.conf', '/run/current-system', '/run/opengl-driver'];

export interface Secrets {
  /** existing files and folders that look empty from inside */
  hidden: string[];
  /** what is seen in spite of that */
  shown: string[];
}

export interface Owner {
  /** home folder of the user whose keys these are */
  home: string;
  /** search path for programs */
  path: string;
  /** what the task reads beside its repository; "~" is the home folder */
  read: readonly string[];
}

const real = (paths: readonly string[]): string[] =>
  paths.filter((path) => path !== '' && existsSync(path)).map((path) => realpathSync(path));

const hostKeys = (): string[] =>
  existsSync('/etc/ssh')
    ? readdirSync('/etc/ssh')
        .filter((name) => name.endsWith('_key'))
        .map((name) => join('/etc/ssh', name))
    : [];

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** What an agent program has no business with on this machine, but for what the task names. */
export const secretsOf = ({ home, path, read }: Owner): Secrets => {
  const personal = PERSONAL.map((name) => join(home, name));
  const hidden = [...new Set(real([...FOLDERS_OF_THE_HOST, ...OF_THE_HOST, ...hostKeys(), ...personal]))];
  const named = read
    .map((entry) => entry.replace(/^~(?=\/|$)/, home))
    .filter((entry) => resolve(entry) === entry);
  const needed = real([...HARMLESS, ...path.split(delimiter), ...named]);
  const shown = needed.filter((one) => hidden.some((folder) => isWithin(one, folder)));
  return { hidden: hidden.filter((one) => !shown.includes(one)), shown: [...new Set(shown)] };
};
