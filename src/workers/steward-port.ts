import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { StewardCall, StewardPort } from '../activities/steward-client/steward-port.js';
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

/** A worker that has nothing to do asks again after a minute; the server remembers one that died for longer. */
const FRESH_MS = 75_000;
const ANSWER_MS = 5000;

const isServed = async (client: Client, namespace: string): Promise<boolean> => {
  const { workflowService } = client.connection as Connection;
  const { pollers } = await client.withDeadline(Date.now() + ANSWER_MS, async () =>
    workflowService.describeTaskQueue({ namespace, taskQueue: { name: STEWARD_QUEUE } }),
  );
  return pollers.some(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < FRESH_MS,
  );
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
  const execute: StewardPort['execute'] = async <T>(call: StewardCall): Promise<T> => {
    const { workflow, id, argument, again = false, withinMs } = call;
    const { workflow: workflows } = await client();
    try {
      await workflows.start(workflow, {
        workflowId: id,
        taskQueue: STEWARD_QUEUE,
        args: [argument],
        workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
        workflowIdConflictPolicy: 'FAIL',
        ...(withinMs === undefined ? {} : { workflowExecutionTimeout: withinMs }),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    return (await workflows.getHandle(id).result()) as T;
  };
  const listening = async (): Promise<boolean> => {
    try {
      return await isServed(await client(), steward.namespace);
    } catch {
      return false;
    }
  };
  return {
    port: { execute, listening, publicKey: () => steward.publicKey ?? readKey(publicKeyFile(home)) },
    close: async () => {
      if (connecting !== null) await (await connecting).close();
    },
  };
};
