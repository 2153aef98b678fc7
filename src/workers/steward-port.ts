import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { StewardPort } from '../activities/steward-client/steward-port.js';
import { STEWARD_QUEUE } from '../contract/steward.js';
import type { Settings } from './settings.js';

/** Where this machine's steward leaves its public key, in AUTOLIFT_HOME. */
export const publicKeyFile = (home: string): string => join(home, 'run', 'steward.pub');

const readKey = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
};

/** A client in the steward's namespace, connected when the first question is asked. */
export const stewardPort = ({ home, steward }: Settings): { port: StewardPort; close(): Promise<void> } => {
  let connecting: Promise<Connection> | null = null;
  const client = async (): Promise<Client> => {
    connecting ??= Connection.connect(steward.connection);
    const connection = await connecting.catch((error: unknown) => {
      connecting = null;
      throw error;
    });
    return new Client({ connection, namespace: steward.namespace });
  };
  const execute: StewardPort['execute'] = async <T>({
    workflow,
    id,
    argument,
  }: Parameters<StewardPort['execute']>[0]): Promise<T> => {
    const { workflow: workflows } = await client();
    try {
      await workflows.start(workflow, {
        workflowId: id,
        taskQueue: STEWARD_QUEUE,
        args: [argument],
        // one that was terminated may be asked again: the steward knows what it has answered
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        workflowIdConflictPolicy: 'FAIL',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    return (await workflows.getHandle(id).result()) as T;
  };
  return {
    port: { execute, publicKey: () => steward.publicKey ?? readKey(publicKeyFile(home)) },
    close: async () => {
      if (connecting !== null) await (await connecting).close();
    },
  };
};
