/** A database's address as it may be shown: without password and options. */
export const describeUrl = (url: string): string => {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { protocol, username, host, hostname, pathname, searchParams } = new URL(url);
  const user = username === '' ? '' : `${username}@`;
  const where = hostname === '' ? (searchParams.get('host') ?? '') : host;
  return `${protocol}//${user}${where}${pathname}`;
};
