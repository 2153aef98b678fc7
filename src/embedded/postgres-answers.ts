import { askSocket } from './ask-socket.js';

/** Asks for a password and gets the question: a server that recovers accepts connections, and refuses this. */
export function postgresAnswers(port: number, timeoutMs = 2000): Promise<boolean> {
  return askSocket(port, timeoutMs, (socket, settle) => {
    socket.once('data', (reply) => settle(reply[0] === AUTHENTICATION_REQUEST));
    socket.write(STARTUP);
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
