import { requireAuthSecret } from "#lib/env.ts";
import { playbackKey, signScope } from "#lib/playback/signature.ts";
import { videoRunsPrefix } from "#lib/storage/keys.ts";
import type { Visibility } from "#lib/videos/dto.ts";

const hourSeconds = 3600;
/** A signature lasts at least this long, so that a long film does not end in its middle. */
const lifetimeHours = 12;

let cachedKey: { secret: string; key: Buffer } | undefined;

/** The process's playback key, derived once. */
export const processPlaybackKey = (): Buffer => {
  const secret = requireAuthSecret();
  if (cachedKey?.secret !== secret) cachedKey = { secret, key: playbackKey(secret) };
  return cachedKey.key;
};

/** Expiry of signatures made now, in seconds since 1970: on the hour, so that addresses stay equal (and cached) within one. */
export const signatureExpirySeconds = (now: Date): number =>
  (Math.ceil(now.getTime() / 1000 / hourSeconds) + lifetimeHours) * hourSeconds;

/**
 * The path under which a browser gets an object of a video (`runs/…` keys only): plain for public and unlisted videos,
 * whose addresses are enough, signed for private ones. Relative addresses inside a playlist inherit the signature.
 * The caller has checked that the viewer may see the video; whoever has a signed path may watch until it expires.
 */
export const mediaUrl = ({ key, video, now }: MediaUrlInput): string => {
  if (video.visibility !== "private") return `/media/${key}`;
  const token = signScope({
    key: processPlaybackKey(),
    scope: {
      videoId: video.id,
      prefix: videoRunsPrefix(video.id),
      purpose: "playback",
      expiresAtSeconds: signatureExpirySeconds(now),
      playbackVersion: video.playbackVersion,
    },
  });
  return `/media/signed/${token}/${key}`;
};

/** What `mediaUrl` needs to know. */
export type MediaUrlInput = {
  key: string;
  video: { id: string; visibility: Visibility; playbackVersion: number };
  now: Date;
};
