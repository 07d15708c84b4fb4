import { z } from "zod";
import { listenOn } from "#lib/db/listen.ts";
import { eventsChannel } from "#lib/db/queries/notifications/events.ts";
import { log } from "#lib/log.ts";
import { videoEventNames } from "#lib/videos/dto.ts";

const videoEventSchema = z.object({
  videoId: z.string(),
  event: z.enum(videoEventNames),
  /** Null for a video that is gone. */
  creatorId: z.string().nullable(),
  channelId: z.string().nullable(),
});

/** Something that happened to a video: ids only; the reader fetches what its viewer may see. */
export type VideoEvent = z.output<typeof videoEventSchema>;

/** Who wants to hear of which events, until when. */
export type VideoEventSubscription = {
  filter: (event: VideoEvent) => boolean;
  onEvent: (event: VideoEvent) => void;
  /** Events may have been missed: read everything anew. Also called once when listening begins. */
  onResync?: () => void;
  /** Ends the subscription. */
  signal: AbortSignal;
};

const parseEvent = (payload: string): VideoEvent | null => {
  const result = videoEventSchema.safeParse(JSON.parse(payload));
  if (result.success) return result.data;
  log().warn({ "event.action": "events.unreadable" }, "an unreadable event was dropped");
  return null;
};

/** Hears of videos' events, from whatever process they come, over this process's one listening connection. */
export const subscribeVideoEvents = ({ filter, onEvent, onResync, signal }: VideoEventSubscription): void => {
  if (signal.aborted) return;
  const stop = listenOn(eventsChannel, {
    onMessage: (payload) => {
      const event = parseEvent(payload);
      if (event !== null && filter(event)) onEvent(event);
    },
    onResync: () => onResync?.(),
  });
  signal.addEventListener("abort", stop, { once: true });
};
