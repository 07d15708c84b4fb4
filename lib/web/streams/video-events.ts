import { subscribeAccessChanges } from "#lib/accounts/sessions/subscribe-access-changes.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { log } from "#lib/log.ts";
import { subscribeVideoEvents, type VideoEvent } from "#lib/notifications/subscribe-video-events.ts";
import type { VideoDto, VideoEventName } from "#lib/videos/dto.ts";
import { getVideoForEvent } from "#lib/videos/get-video.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { viewerFromRequest } from "#lib/web/identity/viewer-from-request.ts";
import { addressSubject } from "#lib/web/limits/rate-limit.ts";
import { eventStreamResponse, type SendEvent } from "#lib/web/streams/event-stream.ts";
import { sendNotices } from "#lib/web/streams/notice-events.ts";

/** `token`: a playback token by which a private video is watched. */
type Audience = { viewer: Viewer; locale: Locale; token?: string | undefined };
type Tell = (event: VideoEventName, video: VideoDto) => void;
type Notice = { videoId: string; event: VideoEventName };

/** How many of a person's newest videos are told again when events may have been missed. */
const resyncLimit = 50;

/**
 * Sends videos as their viewer may see them, one after the other. Equal notices that wait together become one: the video
 * is read when its turn comes, so a slow reader skips states instead of falling behind.
 */
const noticeSender = ({ viewer, locale, token, tell, signal }: Audience & { tell: Tell; signal: AbortSignal }) => {
  const waiting = new Map<string, Notice>();
  let sending = false;
  const sendNext = async ({ videoId, event }: Notice) => {
    const video = await getVideoForEvent({ viewer, videoId, locale, token });
    if (video !== null && !signal.aborted) tell(event, video);
  };
  const drain = async () => {
    sending = true;
    for (const [key, notice] of waiting) {
      waiting.delete(key);
      if (signal.aborted) break;
      try {
        await sendNext(notice);
      } catch (error) {
        // The database may be away; the resync after its return tells everything anew.
        log().warn({ "event.action": "stream.event_lost", err: error }, "an event could not be sent");
      }
    }
    sending = false;
  };
  return (notice: Notice) => {
    waiting.set(`${notice.event}:${notice.videoId}`, notice);
    if (!sending) void drain();
  };
};

const stillSame = (context: FrameContext) => async (): Promise<boolean> =>
  (await viewerFromRequest(context.request))?.id === context.viewer?.id;

/** For a signed-in viewer: log-out, revoking, suspension and the like end the stream at once, from whatever process. */
const watchAccess =
  ({ viewer }: FrameContext) =>
  ({ onChange, signal }: { onChange: () => void; signal: AbortSignal }): void => {
    if (viewer !== null) subscribeAccessChanges({ userId: viewer.id, onChange, signal });
  };

const subjectOf = ({ viewer, address }: FrameContext) => viewer?.id ?? addressSubject(address);

/** Tells of these videos as far as the viewer may see them, their present state first. */
const followWatched = (
  context: FrameContext & Audience,
  { videoIds, tell, signal }: { videoIds: readonly string[]; tell: Tell; signal: AbortSignal },
): void => {
  const notify = noticeSender({ ...context, tell, signal });
  const present = () => {
    for (const videoId of videoIds) notify({ videoId, event: "changed" });
  };
  const filter = (event: VideoEvent) => videoIds.includes(event.videoId);
  subscribeVideoEvents({ filter, onEvent: notify, onResync: present, signal });
  present();
};

/** Follows one video that the viewer may see, or whoever has a playback token of it. Begins with a `changed` that tells its present state. */
export const oneVideoEvents = (context: FrameContext & Audience, videoId: string): Response =>
  eventStreamResponse({
    subject: subjectOf(context),
    clientSignal: context.request.signal,
    stillAllowed: stillSame(context),
    watchAccess: watchAccess(context),
    start: ({ send, signal }) =>
      followWatched(context, { videoIds: [videoId], tell: (name, data) => send({ name, data }), signal }),
  });

/** An API token hears of notices only with their scope; every other credential has it. */
const mayHearNotices = ({ credential }: FrameContext) =>
  credential.kind !== "api_token" || credential.scopes.includes("notifications");

/** What a stream of an account tells, beside notices. */
export type MyEvents = {
  /** Whether it tells of all of the account's videos: on its own channels, and whatever it uploaded. */
  videos: boolean;
  accountId: string;
  channelIds: readonly string[];
  /** Videos that it tells of in events named `watched`, as far as the account may see them. */
  watched: readonly string[];
};

const followMine = (
  context: FrameContext,
  { accountId, channelIds, send, signal }: MyEvents & { send: SendEvent; signal: AbortSignal },
): void => {
  const notify = noticeSender({ ...context, tell: (name, data) => send({ name, data }), signal });
  const resync = async () => {
    const { items } = await listVideos({ ...context, query: { mine: true, limit: resyncLimit } });
    for (const video of items) if (!signal.aborted) send({ name: "changed", data: video });
  };
  const onResync = () => {
    resync().catch((error: unknown) => {
      log().warn({ "event.action": "stream.resync_failed", err: error }, "a stream could not be brought up to date");
    });
  };
  const filter = (event: VideoEvent) =>
    event.creatorId === accountId || (event.channelId !== null && channelIds.includes(event.channelId));
  subscribeVideoEvents({ filter, onEvent: notify, onResync, signal });
};

/** Follows what an account wants to hear of: its notices and what `MyEvents` names. */
export const myVideoEvents = (context: FrameContext, events: MyEvents): Response =>
  eventStreamResponse({
    subject: subjectOf(context),
    clientSignal: context.request.signal,
    stillAllowed: stillSame(context),
    watchAccess: watchAccess(context),
    start: ({ send, signal }) => {
      if (mayHearNotices(context)) sendNotices({ ...context, send, signal });
      if (events.videos) followMine(context, { ...events, send, signal });
      if (events.watched.length === 0) return;
      const tell: Tell = (event, video) => send({ name: "watched", data: { event, video } });
      followWatched(context, { videoIds: events.watched, tell, signal });
    },
  });
