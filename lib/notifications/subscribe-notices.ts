import { z } from "zod";
import { listenOn } from "#lib/db/listen.ts";
import { noticesChannel } from "#lib/db/queries/notifications/events.ts";
import { log } from "#lib/log.ts";

const changeSchema = z.object({ userId: z.string(), notificationId: z.string().nullable() });

/** Hears of an account's notices: of a new one by its id, or with null that some were read or that news may have been missed. */
export const subscribeNotices = ({
  userId,
  onChange,
  signal,
}: {
  userId: string;
  onChange: (notificationId: string | null) => void;
  /** Ends the subscription. */
  signal: AbortSignal;
}): void => {
  if (signal.aborted) return;
  const stop = listenOn(noticesChannel, {
    onMessage: (payload) => {
      const change = changeSchema.safeParse(JSON.parse(payload));
      if (!change.success) log().warn({ "event.action": "events.unreadable" }, "an unreadable notice was dropped");
      else if (change.data.userId === userId) onChange(change.data.notificationId);
    },
    onResync: () => onChange(null),
  });
  signal.addEventListener("abort", stop, { once: true });
};
