import { parseAllDocuments } from 'yaml';

/** Why a file of a format that has a parser here can't be read; null if it can, or if nobody knows. */
export const syntaxFault = (path: string, content: string): string | null => {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  try {
    if (extension === 'json') JSON.parse(content);
    if (extension === 'yaml' || extension === 'yml') {
      const fault = parseAllDocuments(content).flatMap(({ errors }) => errors)[0];
      if (fault !== undefined) throw fault;
    }
    return null;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return `${path} is no valid ${extension === 'json' ? 'JSON' : 'YAML'}: ${message.slice(0, 200)}`;
  }
};
