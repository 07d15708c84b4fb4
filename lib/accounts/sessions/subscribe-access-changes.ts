import { listenOn } from "#lib/db/listen.ts";
import { accessChannel } from "#lib/db/queries/accounts/access-changes.ts";

/**
 * Hears, from whatever process it comes, that an account's sessions, tokens, role or status changed, over this process's
 * one listening connection. `onChange` is also called when listening begins, and when news may have been missed.
 */
export const subscribeAccessChanges = ({
  userId,
  onChange,
  signal,
}: {
  userId: string;
  onChange: () => void;
  signal: AbortSignal;
}): void => {
  if (signal.aborted) return;
  const stop = listenOn(accessChannel, {
    onMessage: (changed) => {
      if (changed === userId) onChange();
    },
    onResync: onChange,
  });
  signal.addEventListener("abort", stop, { once: true });
};
