import { withoutValues } from "#lib/log.ts";

const longestMessage = 500;
const longestStack = 2_000;

/** What is logged of an error. */
export type ErrorNote = { type: string; message: string; stack: string; cause?: string };

/**
 * An error for the log, bounded and without the values of failed queries: some carry the output of a program or the text of
 * a mail, and the same one may come at every try.
 */
export const errorNote = (error: unknown): ErrorNote => {
  if (!(error instanceof Error))
    return { type: typeof error, message: String(error).slice(0, longestMessage), stack: "" };
  const shown = (text: string, longest: number) => withoutValues(error, text).slice(0, longest);
  const note = {
    type: error.name,
    message: shown(error.message, longestMessage),
    stack: shown(error.stack ?? "", longestStack),
  };
  return error.cause instanceof Error ? { ...note, cause: shown(error.cause.message, longestMessage) } : note;
};

/**
 * An error as the queue may keep it with the job: admins read it, and tokens of theirs that may not read mails. Bounded,
 * and without the values of failed queries.
 */
export const queueError = (error: unknown): Error => {
  const { message, cause, stack } = errorNote(error);
  const told = new Error(cause === undefined ? message : `${message}: ${cause}`);
  told.stack = stack;
  return told;
};
