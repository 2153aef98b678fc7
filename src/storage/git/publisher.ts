import { type Publication, pushCommits } from './push-commits.js';
import type { RemoteUrl } from './remote-url.js';

/** Less than an activity has; the first push of a long history is made by whoever starts the loop. */
const LIMIT_MS = 100_000;

interface Waiting {
  refs: readonly Publication[];
  limitMs: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** One remote of one repository: what is handed in while a push is under way goes with the next, in one. */
class Outgoing {
  private waiting: Waiting[] = [];
  private busy = false;

  constructor(
    private readonly directory: string,
    private readonly remote: RemoteUrl,
  ) {}

  async add(refs: readonly Publication[], limitMs: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ refs, limitMs, resolve, reject });
      void this.work();
    });
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      const limitMs = Math.max(...batch.map((one) => one.limitMs));
      // of one ref the last word counts
      const refs = new Map(batch.flatMap((one) => one.refs.map((ref) => [ref.ref, ref] as const)));
      try {
        await pushCommits({ directory: this.directory, remote: this.remote, limitMs }, [...refs.values()]);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.busy = false;
  }
}

/** Puts commits of a repository, by whatever path it was opened, where device hosts fetch them; `own` opens the remote that it names. */
export const openPublisher = (
  { directory, path }: { directory: string; path: string },
  own: RemoteUrl | null,
) => {
  const remotes = new Map<string, Outgoing>();
  return async (url: string, refs: readonly Publication[], limitMs = LIMIT_MS): Promise<void> => {
    // hosts that share the repository's disk read it in place
    if (url === directory || url === path || refs.length === 0) return;
    const credentials = own?.url === url ? own.credentials : null;
    const remote = remotes.get(url) ?? new Outgoing(directory, { url, credentials });
    remotes.set(url, remote);
    await remote.add(refs, limitMs);
  };
};
