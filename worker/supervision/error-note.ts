const longestMessage = 500;
const longestStack = 2_000;

/** What is logged of an error. */
export type ErrorNote = { type: string; message: string; stack: string; cause?: string };

/**
 * An error for the log, bounded: some carry a whole query with its parameters or the output of a program, and the same
 * one may come at every try.
 */
export const errorNote = (error: unknown): ErrorNote => {
  if (!(error instanceof Error))
    return { type: typeof error, message: String(error).slice(0, longestMessage), stack: "" };
  const note = {
    type: error.name,
    message: error.message.slice(0, longestMessage),
    stack: (error.stack ?? "").slice(0, longestStack),
  };
  return error.cause instanceof Error ? { ...note, cause: error.cause.message.slice(0, longestMessage) } : note;
};
