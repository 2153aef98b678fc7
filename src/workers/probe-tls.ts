import { X509Certificate } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TemporalSettings } from './temporal-settings.js';

const PATIENCE_MS = 3000;
/** A server that refuses our certificate says so after the handshake. */
const AFTERTHOUGHT_MS = 400;

type Connection = TemporalSettings['connection'];

const hostAndPort = (address: string): { host: string; port: number } => {
  const [, host = address, port = '7233'] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address) ?? [];
  return { host, port: Number(port) };
};

const tlsOf = ({ tls, apiKey }: Connection) => {
  if (tls === false || tls === null || (tls === undefined && apiKey === undefined)) return null;
  return typeof tls === 'object' ? tls : {};
};

const open = (address: string, connection: Connection): { socket: Socket; ready: string } => {
  const { host, port } = hostAndPort(address);
  const wanted = tlsOf(connection);
  if (wanted === null) return { socket: createConnection({ host, port }), ready: 'connect' };
  const { serverRootCACertificate: ca, clientCertPair: pair, serverNameOverride } = wanted;
  const socket = connect({
    host,
    port,
    ALPNProtocols: ['h2'],
    ...(serverNameOverride === undefined ? {} : { servername: serverNameOverride }),
    ...(ca === undefined ? {} : { ca: Buffer.from(ca) }),
    ...(pair === undefined ? {} : { cert: Buffer.from(pair.crt), key: Buffer.from(pair.key) }),
  });
  return { socket, ready: 'secureConnect' };
};

const clientCertificateEnded = ({ tls }: Connection): boolean => {
  const crt = typeof tls === 'object' ? tls?.clientCertPair?.crt : undefined;
  try {
    return crt !== undefined && Date.parse(new X509Certificate(Buffer.from(crt)).validTo) < Date.now();
  } catch {
    return false;
  }
};

/** What keeps this machine from talking to a server, as Node calls it: `ECONNREFUSED`, `CERT_HAS_EXPIRED`; null: nothing. */
export const probeConnection = async (address: string, connection: Connection): Promise<string | null> => {
  if (clientCertificateEnded(connection)) return 'CLIENT_CERTIFICATE_EXPIRED';
  let socket: Socket | undefined;
  try {
    const opened = open(address, connection);
    socket = opened.socket;
    return await new Promise<string | null>((resolve) => {
      opened.socket.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.message);
      });
      opened.socket.once(opened.ready, () => {
        void sleep(AFTERTHOUGHT_MS).then(() => {
          resolve(null);
        });
      });
      opened.socket.setTimeout(PATIENCE_MS, () => {
        resolve('ETIMEDOUT');
      });
    });
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    socket?.destroy();
  }
};
