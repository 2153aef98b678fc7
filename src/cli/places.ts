import path from 'node:path';
import type { Settings } from '../workers/settings.js';

/** The loop's page in Temporal's UI; null if nobody said where that is. */
export const uiAddress = ({ temporal }: Settings, loop: string): string | null =>
  temporal.uiUrl === null
    ? null
    : `${temporal.uiUrl}/namespaces/${temporal.namespace}/workflows/${encodeURIComponent(loop)}`;

/** Where a loop's report is written when it ends. */
export const reportFile = ({ home }: Settings, loop: string): string =>
  path.join(home, 'reports', ...loop.split('/'), 'report.html');
