import pg from 'pg';
import { UserError } from '../../contract/user-error.js';
import { explainConnectionError } from './explain-connection-error.js';

/** Counts fit a number; pg would give them as text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
};

const refuseOtherUrls = (url: string): void => {
  if (URL.canParse(url) && /^postgres(?:ql)?:$/.test(new URL(url).protocol)) return;
  throw new UserError(
    'this is not the address of a PostgreSQL database',
    'DATABASE_URL',
    'write it like postgresql://user:password@host:5432/database, with special characters as %XX',
  );
};

/** Opens a small pool and proves that the server answers. */
export const openPool = async (url: string): Promise<pg.Pool> => {
  refuseOtherUrls(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'autolift',
    max: 4,
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
    keepAlive: true,
    types,
  });
  // a server that is killed ends its idle connections; the pool makes new ones when they are needed
  pool.on('error', () => undefined);
  try {
    (await pool.connect()).release();
    return pool;
  } catch (error) {
    await pool.end();
    throw explainConnectionError(error, url);
  }
};
