import { connect } from 'node:net';

/** Asks for a password and gets the question: a server that recovers accepts connections, and refuses this. */
export function postgresAnswers(port: number, timeoutMs = 2000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const settle = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(timeoutMs, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.once('connect', () => socket.write(STARTUP));
    socket.once('data', (reply) => settle(reply[0] === AUTHENTICATION_REQUEST));
  });
}

const AUTHENTICATION_REQUEST = 'R'.charCodeAt(0);

/** Protocol 3.0's first message: its length, the version, and pairs of strings. */
const STARTUP = ((): Buffer => {
  const body = Buffer.from('\0\x03\0\0user\0autolift\0database\0autolift\0\0', 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
})();
