import { connect, type Socket } from 'node:net';

/** How a port of the loopback address is asked; `settle` ends it with the answer. */
type Question = (socket: Socket, settle: (answers: boolean) => void) => void;

/** Connects to a port of this machine and asks; no connection, an early end or no answer in time is a no. */
export function askSocket(port: number, timeoutMs: number, ask: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const settle = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(timeoutMs, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.once('connect', () => ask(socket, settle));
  });
}
