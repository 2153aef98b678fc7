import { NamespaceNotFoundError } from '@temporalio/common';
import { UserError } from '../contract/user-error.js';
import { readTemporal } from '../workers/temporal-settings.js';
import type { Terminal } from './terminal.js';

/** As the server words it where a request was made without the SDK's client. */
const SAID = /\bNamespace (\S+) is not found/;

const missing = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null;
  if (error instanceof NamespaceNotFoundError) return error.namespace;
  return SAID.exec(error.message)?.[1] ?? missing(error.cause);
};

/** A server that answers and knows no such namespace: a mistake in what was asked; null: something else. */
export const wrongNamespace = (error: unknown, { env }: Pick<Terminal, 'env'>): UserError | null => {
  const namespace = missing(error);
  return namespace === null
    ? null
    : new UserError(
        `the Temporal server has no namespace "${namespace}"`,
        readTemporal(env).address,
        'Correct TEMPORAL_NAMESPACE, or make it there: `temporal operator namespace create`.',
      );
};
