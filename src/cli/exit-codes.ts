/** Exit codes of every command; docs/cli.md lists them. */
export const EXIT = {
  /** done, or detached with Ctrl-C */
  ok: 0,
  /** the loop ended in failure, a check failed, or autolift itself broke */
  failed: 1,
  /** the user's mistake: nothing was started */
  mistake: 2,
  /** no engine answers on this machine */
  unreachable: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
