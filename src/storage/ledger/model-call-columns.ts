/** Columns of a model call by the names of its row. */
export const MODEL_CALL_COLUMNS = `key, loop, experiment, model, status, input_tokens AS "inputTokens",
  cached_tokens AS "cachedTokens", output_tokens AS "outputTokens", dollars, milliseconds, transcript`;
