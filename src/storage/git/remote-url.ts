import { UserError } from '../../contract/user-error.js';

/** A git remote as it may be written down and shown, and what opens it, which may not. */
export interface RemoteUrl {
  /** without a password */
  url: string;
  /** `user:password` of an http URL; null: git's own configuration knows, or none is asked for */
  credentials: string | null;
}

const PATH = /^\/[^\0\n]*$/;
/** As git reads it: a colon before any slash. `ext::` and its kind run a command and are none of these. */
const SCP = /^(?:[A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9][\w.-]*:(?![:-])(?!\/\/)[^\s]+$/;
const SCHEMES = new Set(['https:', 'http:', 'ssh:', 'file:']);

const refuse = (text: string, where: string): never => {
  throw new UserError(
    `"${withoutSecrets(text)}" is no address of a git repository`,
    where,
    'Use https://host/path.git, ssh://host/path.git, user@host:path.git, file:///path or an absolute path.',
  );
};

const readUrl = (text: string, where: string): RemoteUrl => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refuse(text, where);
  }
  const { protocol, username, password, hostname, pathname } = url;
  const isFile = protocol === 'file:';
  if (!SCHEMES.has(protocol) || pathname.length < 2 || isFile === (hostname !== ''))
    return refuse(text, where);
  // what ssh would take for an option of its own
  if (/^-|[^\w.[\]:-]/.test(hostname) || decodeURIComponent(username).startsWith('-'))
    return refuse(text, where);
  const isSsh = protocol === 'ssh:';
  const secret =
    isSsh || username === '' ? null : `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  url.password = '';
  if (!isSsh) url.username = '';
  return { url: url.href, credentials: secret };
};

/** Reads the address of a git remote, and refuses what git would take for an option or a command. */
export const readRemoteUrl = (text: string, where: string): RemoteUrl => {
  if (PATH.test(text)) return { url: text.replace(/(.)\/+$/, '$1'), credentials: null };
  if (/^[a-z]+:\/\/\S+$/i.test(text)) return readUrl(text, where);
  return SCP.test(text) ? { url: text, credentials: null } : refuse(text, where);
};

/** The same text without the passwords of the URLs in it: for messages, histories and reports. */
export const withoutSecrets = (text: string): string =>
  text
    .replace(/(\bhttps?:\/\/)[^\s/]*@/gi, '$1')
    .replace(/(\b[a-z]+:\/\/[^\s/:@]*):[^\s/]*@/gi, '$1@')
    .replace(/(authorization: \w+ )\S+/gi, '$1***');
