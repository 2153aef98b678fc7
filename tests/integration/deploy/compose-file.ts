import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export const ROOT = new URL('../../..', import.meta.url).pathname;

export interface Service {
  image?: string;
  build?: { dockerfile: string; args: Record<string, string> };
  command?: string[];
  profiles?: string[];
  restart: string;
  environment?: Record<string, string | null>;
  ports?: string[];
  volumes?: string[];
  networks: string[];
  security_opt?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  deploy: { resources: { limits: { cpus?: string; memory?: string } } };
}

export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
}

export const COMPOSE_TEXT = readFileSync(`${ROOT}docker-compose.yml`, 'utf8');

const VARIABLE = /\$\{([A-Z_]+)(?:(:-|:\?)([^}]*))?\}/g;

/** What the file takes from .env: name, and its default or null where it must be set. */
export const variables = (): { name: string; otherwise: string | null }[] =>
  [...COMPOSE_TEXT.matchAll(VARIABLE)].map(([, name = '', kind, text]) => ({
    name,
    otherwise: kind === ':-' ? (text ?? '') : null,
  }));

/** The file with its variables filled in, as Compose does before it checks anything. */
export const readCompose = (given: Record<string, string>): Compose => {
  const filled = COMPOSE_TEXT.replaceAll(
    VARIABLE,
    (_, name: string, kind: string | undefined, text: string | undefined) => {
      const value = given[name] ?? (kind === ':-' ? text : undefined);
      if (value === undefined) throw new Error(`${name}: ${text ?? 'is not set'}`);
      return value;
    },
  );
  return parse(filled, { merge: true }) as Compose;
};

export const SECRETS = {
  POSTGRES_PASSWORD: 'secret-of-postgres',
  TEMPORAL_DB_PASSWORD: 'secret-of-temporal',
  LEDGER_DB_PASSWORD: 'secret-of-ledger',
};
