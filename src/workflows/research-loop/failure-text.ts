/** The innermost message of a Temporal failure: what went wrong, without the wrappers' "Activity task failed". */
export const failureText = (error: unknown): string => {
  let text = String(error);
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) text = cause.message;
  return text;
};
