import { UserError } from '../contract/user-error.js';
import { probeConnection } from './probe-tls.js';
import type { TemporalSettings } from './temporal-settings.js';

type Cause = readonly [RegExp, what: string, fix: string];

const KEYS: readonly Cause[] = [
  [
    /UNAUTHENTICATED|valid authentication credentials/i,
    'the Temporal server refuses the key',
    'Correct TEMPORAL_API_KEY, or the profile that it comes from.',
  ],
  [
    /PERMISSION_DENIED|permission to execute/i,
    'the Temporal server lets this key do nothing here',
    'Correct TEMPORAL_API_KEY or TEMPORAL_NAMESPACE.',
  ],
];

const CERTIFICATES: readonly Cause[] = [
  [
    /^CLIENT_CERTIFICATE_EXPIRED$|ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)|CERTIFICATE_(EXPIRED|REQUIRED)/,
    "the Temporal server refuses this side's certificate, or it has expired",
    'Renew TEMPORAL_TLS_CLIENT_CERT_PATH and its key.',
  ],
  [
    /^CERT_HAS_EXPIRED$/,
    'the Temporal server shows a certificate that has expired',
    'Renew it on the server.',
  ],
  [
    /^CERT_NOT_YET_VALID$/,
    'the Temporal server shows a certificate that is not valid yet',
    'Look at the clocks of both machines.',
  ],
  [
    /ALTNAME_INVALID$/,
    "the Temporal server shows another server's certificate",
    'Correct TEMPORAL_ADDRESS or TEMPORAL_TLS_SERVER_NAME.',
  ],
  [
    /SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY/,
    'the Temporal server shows a certificate that nobody here trusts',
    'Name its authority: TEMPORAL_TLS_SERVER_CA_CERT_PATH.',
  ],
  [
    /WRONG_VERSION|EPROTO|PACKET_LENGTH/,
    'the Temporal server speaks no TLS',
    'Unset TEMPORAL_TLS and TEMPORAL_API_KEY, or correct TEMPORAL_ADDRESS.',
  ],
];

const SILENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'names of hosts cannot be looked up',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no way leads there',
};

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${textOf(error.cause)}` : '';

/** Why there is no connection to a server that somebody else runs, in one message; its cause has the code. */
export const explainTemporal = async (
  { address, connection }: Pick<TemporalSettings, 'address' | 'connection'>,
  error: unknown,
): Promise<UserError> => {
  const text = textOf(error);
  const byKey = KEYS.find(([pattern]) => pattern.test(text));
  if (byKey !== undefined) return new UserError(byKey[1], address, byKey[2]);
  const code = (await probeConnection(address, connection)) ?? '';
  const byCertificate = CERTIFICATES.find(([pattern]) => pattern.test(code));
  if (byCertificate !== undefined) return new UserError(byCertificate[1], address, byCertificate[2]);
  const said = SILENT[code] ?? (code || text.trim().split('\n')[0]?.slice(0, 200));
  const silent = new UserError(
    `the Temporal server can't be reached: ${said ?? ''}`,
    address,
    'Start it, or correct TEMPORAL_ADDRESS; without that variable autolift runs its own.',
  );
  // one that is not up yet is worth waiting for
  silent.cause = Object.assign(new Error(code), { code: SILENT[code] === undefined ? 'ECONNRESET' : code });
  return silent;
};
