import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, isConnectionError } from "#lib/db/client.ts";
import { findVideoAccess, type VideoAccessRow } from "#lib/db/queries/videos/playback.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { isOfSource, withoutSource } from "#lib/media/source/source-variant.ts";
import { subscribeVideoEvents } from "#lib/notifications/subscribe-video-events.ts";
import { type AccessCache, createAccessCache } from "#lib/playback/access-cache.ts";
import { keyRing } from "#lib/playback/key-ring.ts";
import { cacheControlOf, mediaKindOf } from "#lib/playback/media-kinds.ts";
import { parseRunFile } from "#lib/playback/run-file.ts";
import { serveWithCaptions } from "#lib/playback/serve-captions.ts";
import { type Delivery, serveEdited } from "#lib/playback/serve-edited.ts";
import { serveLive } from "#lib/playback/serve-live.ts";
import { serveObject } from "#lib/playback/serve-object.ts";
import { verifySignature } from "#lib/playback/signature.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix, videoRunsPrefix } from "#lib/storage/keys.ts";
import { isObjectKey } from "#lib/storage/object-key.ts";
import { isDeliveryOver } from "#lib/usage/delivery-meter.ts";
import { mayEdit, mayPlay, maySee } from "#lib/videos/policy.ts";

/** How long a video that turned private may still be watched while its event does not come through. */
const accessTtlMs = 3000;

/** A request for a file of a video; its path begins with `/media/`. */
export type OpenMedia = { viewer: Viewer; request: Request; requestId: string; access?: AccessCache };

type Address = { signature: string | null; key: string; videoId: string };

// Next bundles routes and the start apart; a process has one memory, and both must mean the same.
const globals = globalThis as typeof globalThis & { kinoraMediaAccess?: AccessCache };

const sharedAccess = (): AccessCache => {
  globals.kinoraMediaAccess ??= createAccessCache({
    load: (videoId) => findVideoAccess(db(), videoId),
    ttlMs: accessTtlMs,
    maxEntries: 10_000,
    now: () => performance.now(),
  });
  return globals.kinoraMediaAccess;
};

/** Has this process look anew at a video that changed in any process, as soon as that commits. Until `signal` aborts. */
export const forgetChangedMedia = (signal: AbortSignal): void =>
  subscribeVideoEvents({
    filter: ({ event }) => event === "changed" || event === "deleted",
    onEvent: ({ videoId }) => sharedAccess().forget(videoId),
    signal,
  });

/** Takes an address apart. Null for everything that is not a run's file: originals, other endings, odd characters. */
const parseAddress = (pathname: string): Address | null => {
  const match = /^\/media\/(?:signed\/([^/]{1,120})\/)?(.+)$/.exec(pathname);
  const key = match?.[2] ?? "";
  const [area, videoId = ""] = key.split("/");
  if (area !== "runs" || !isObjectKey(key) || !idSchema.safeParse(videoId).success) return null;
  return { signature: match?.[1] ?? null, key, videoId };
};

const reached = async <T>(lookUp: Promise<T>): Promise<T> => {
  try {
    return await lookUp;
  } catch (error) {
    if (isConnectionError(error)) throw new AppError("unavailable", { cause: error, retryAfterSeconds: 1 });
    throw error;
  }
};

/**
 * Whether the unmarked source is to be hidden in a run: of every video that has a mark or waits for one. An older run that
 * has no other picture plays on until the marked one takes its place.
 */
const hidesSource = (video: VideoAccessRow, key: string): boolean =>
  video.marked && (video.onlySourceRunId === null || !key.startsWith(runPrefixOf(video, video.onlySourceRunId)));

const runPrefixOf = ({ id }: VideoAccessRow, runId: string) => runPrefix({ videoId: id, runId });

/** What follows the run's prefix in a key. */
const pathInRun = (key: string): string => key.split("/").slice(3).join("/");

/** Whoever may edit a video sees it whatever was delivered of it. Throws `delivery_limit_reached` for others. */
const assertAllowance = ({ video, viewer }: { video: VideoAccessRow; viewer: Viewer }): void => {
  if (!isDeliveryOver(video.ownerId) || mayEdit(viewer, video)) return;
  throw new AppError("delivery_limit_reached");
};

/** The video, when this viewer or this signature opens it. Throws `not_found` or `forbidden` otherwise. */
const assertOpen = (input: { video: VideoAccessRow | null; address: Address; viewer: Viewer }): VideoAccessRow => {
  const { video, viewer } = input;
  const { signature, key } = input.address;
  if (video === null || video.deletedAt !== null || !mayPlay(viewer, video)) throw new AppError("not_found");
  if (signature !== null) checkSignature(signature, video);
  else if (!maySee(viewer, video)) throw new AppError("not_found");
  if (video.unmarkedRunIds.some((runId) => key.startsWith(runPrefixOf(video, runId)))) throw new AppError("not_found");
  if (isOfSource(pathInRun(key)) && hidesSource(video, key)) throw new AppError("not_found");
  return video;
};

/** Refuses only on a fresh answer: a video that was published or signed anew a moment ago must play at once. */
const requireOpen = async (input: { access: AccessCache; address: Address; viewer: Viewer }) => {
  const { access, address, viewer } = input;
  const { videoId } = address;
  const remembered = await reached(access.get(videoId));
  try {
    return assertOpen({ video: remembered, address, viewer });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return assertOpen({ video: await reached(access.getFresh(videoId)), address, viewer });
  }
};

/** What whoever holds a bad address can do about it. */
const verdictHint = {
  expired: "The address has expired; ask for a new one.",
  revoked: "The address was taken back.",
  forged: "The address is not valid.",
} as const;

/** Throws `forbidden` for a signature that is edited, expired, revoked or another video's. */
const checkSignature = (signature: string, video: VideoAccessRow): void => {
  const { playbackVersion, revokedGrants } = video;
  const verdict = verifySignature({
    keys: keyRing(),
    signature,
    scope: { prefix: videoRunsPrefix(video.id), purpose: "playback", playbackVersion, revokedGrants },
    now: new Date(),
  });
  if (verdict !== "valid") throw new AppError("forbidden", { hint: verdictHint[verdict] });
};

const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "Content-Length, Content-Range",
};

/**
 * Delivers a playlist, segment or image: the stored one, else what a run that goes on can give of it. Public and unlisted videos are open to whoever has the address; private ones to
 * their owner's session and to a signature. The unmarked source of a marked video is open to nobody. Throws `not_found` for what is not there or not open, without a difference,
 * `forbidden` for a bad signature, and `delivery_limit_reached` when the channel's owner has used up the month's delivery. What opened a
 * video is remembered for three seconds; a refusal is never remembered.
 */
export const openMedia = async (input: OpenMedia): Promise<Response> => {
  const { viewer, request, requestId, access = sharedAccess() } = input;
  const address = parseAddress(new URL(request.url).pathname);
  const media = address === null ? null : mediaKindOf(address.key);
  if (address === null || media === null) throw new AppError("not_found");
  const video = await requireOpen({ access, address, viewer });
  assertAllowance({ video, viewer });
  // What only admins get must not stay in a cache that others share.
  const open = video.visibility === "public" && video.takenDownAt === null && address.signature === null;
  const delivery = {
    key: address.key,
    request,
    requestId,
    headers: {
      "Content-Type": media.contentType,
      "Cache-Control": cacheControlOf({ media, open }),
      // Any site may embed what anyone may watch; nothing else is read across origins.
      ...(video.visibility === "private" ? {} : corsHeaders),
    },
    kind: media.kind,
    counted: { videoId: video.id, ownerId: video.ownerId },
    gzip: media.gzip,
  };
  const asIs = async (asked: Delivery) => (await serveStored(asked)) ?? serveLive({ ...asked, open });
  const hides = parseRunFile(address.key)?.kind === "multivariant" && hidesSource(video, address.key);
  const shown = hides ? (asked: Delivery) => serveEdited(asked, { answer: asIs, edit: withoutSource }) : asIs;
  return reached(serveWithCaptions(delivery, shown));
};

/** The stored object, or null when there is none. */
const serveStored = async (delivery: Delivery): Promise<Response | null> => {
  try {
    return await serveObject({ ...delivery, store: objectStore() });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
};
