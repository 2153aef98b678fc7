const MAX_PATH_BYTES = 1000;
const MAX_SEGMENT_BYTES = 255;

/** Control, formatting (zero-width, right-to-left) and unpaired surrogate characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const GIT_NAMES = new Set(['.git', '.gitattributes', '.gitmodules']);
/** what NTFS makes of these names in its short form */
const GIT_SHORT_NAMES = /^(?:git|gitatt|gitmod|gi[0-9a-f]{4})~\d+$/;
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:[.:].*)?$/i;

/** Bytes of a text in UTF-8. */
export const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** A path in a message: quoted, escaped, not endless. */
export const shown = (path: string): string =>
  JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);

const isGitName = (segment: string): boolean => {
  const stem = (segment.split(':')[0] ?? '').replace(/[. ]+$/, '').toLowerCase();
  return GIT_NAMES.has(stem) || GIT_SHORT_NAMES.test(stem);
};

const segmentFault = (segment: string): string | null => {
  if (segment === '') return 'has an empty segment';
  if (segment === '.' || segment === '..') return `has a "${segment}" segment`;
  if (byteLength(segment) > MAX_SEGMENT_BYTES)
    return `has a segment of more than ${String(MAX_SEGMENT_BYTES)} bytes`;
  return isGitName(segment) ? `has the segment ${shown(segment)}, which git reads` : null;
};

/** What is wrong with a path whatever the repository holds; null if nothing is. */
export const nameFault = (path: string): string | null => {
  if (path === '') return 'is empty';
  if (INVISIBLE.test(path)) return 'has a control or invisible character';
  if (byteLength(path) > MAX_PATH_BYTES) return `is longer than ${String(MAX_PATH_BYTES)} bytes`;
  if (path.includes('\\')) return 'has a backslash; folders are separated by "/"';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute; paths are relative to the task';
  for (const segment of path.split('/')) {
    const fault = segmentFault(segment);
    if (fault !== null) return fault;
  }
  return null;
};

/** What keeps a new name from existing on every system; names that are there already may stay. */
export const portabilityFault = (segment: string): string | null => {
  if (/[<>:"|?*]/.test(segment)) return 'has a character that Windows does not allow';
  if (/[. ]$/.test(segment)) return 'has a segment that ends with a dot or a space';
  return DEVICE.test(segment) ? `has the segment ${shown(segment)}, a device on Windows` : null;
};

/** Equal for names that some file system takes for one: other case, other Unicode spelling. */
export const folded = (path: string): string =>
  path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
