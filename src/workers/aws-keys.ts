import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AwsKeys } from '../storage/blobs/index.js';
import type { Environment } from './environment.js';

type Section = Readonly<Record<string, string>>;

/** One section of a file as `aws configure` writes them. */
const sectionOf = (file: string, wanted: string): Section => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  const found: Record<string, string> = {};
  let section = '';
  for (const line of text.split('\n')) {
    section = /^\s*\[\s*(.+?)\s*\]/.exec(line)?.[1] ?? section;
    const [, name, value] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === wanted && name !== undefined && value !== undefined) found[name.toLowerCase()] = value;
  }
  return found;
};

const keysOf = (id = '', secret = '', token = ''): AwsKeys | null =>
  id === '' || secret === ''
    ? null
    : { accessKeyId: id, secretAccessKey: secret, ...(token === '' ? {} : { sessionToken: token }) };

/** Keys as the standard variables give them, else as the profile's files do; read anew, since they may be renewed. */
export const awsKeys = (environment: Environment): AwsKeys | null => {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = environment;
  const fromEnvironment = keysOf(id, secret, token);
  if (fromEnvironment !== null) return fromEnvironment;
  const profile = environment['AWS_PROFILE'] || 'default';
  const folder = join(environment['HOME'] || homedir(), '.aws');
  const credentials = environment['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials');
  const config = environment['AWS_CONFIG_FILE'] || join(folder, 'config');
  const places = [
    sectionOf(credentials, profile),
    sectionOf(config, profile === 'default' ? profile : `profile ${profile}`),
  ];
  for (const found of places) {
    const keys = keysOf(
      found['aws_access_key_id'],
      found['aws_secret_access_key'],
      found['aws_session_token'],
    );
    if (keys !== null) return keys;
  }
  return null;
};
