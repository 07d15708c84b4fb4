import { keyRing } from "#lib/playback/key-ring.ts";
import { signScope } from "#lib/playback/signature.ts";
import { videoRunsPrefix } from "#lib/storage/keys.ts";
import type { Visibility } from "#lib/videos/dto.ts";

const hourSeconds = 3600;
/** A signature lasts at least this long, so that a long film does not end in its middle. */
const lifetimeHours = 12;

/** By what a video was opened to somebody who may not see it otherwise. */
export type PlaybackGrant = {
  /** Of the playback token. */
  tokenId: string;
  expiresAt: Date;
};

/** How a grant stands in signatures. */
const grantName = ({ tokenId }: PlaybackGrant): string => tokenId.replaceAll("-", "");

/** Expiry of signatures made now, in seconds since 1970: on the hour, so that addresses stay equal (and cached) within one. */
export const signatureExpirySeconds = (now: Date): number =>
  (Math.ceil(now.getTime() / 1000 / hourSeconds) + lifetimeHours) * hourSeconds;

const expiryOf = ({ now, grant }: Pick<MediaUrlInput, "now" | "grant">): number => {
  const usual = signatureExpirySeconds(now);
  return grant === undefined ? usual : Math.min(usual, Math.floor(grant.expiresAt.getTime() / 1000));
};

/**
 * The path under which a browser gets an object of a video (`runs/…` keys only): plain for public and unlisted videos,
 * whose addresses are enough, signed for private ones. Relative addresses inside a playlist inherit the signature.
 * The caller has checked that the viewer may see the video, or by which `grant` they do; whoever has a signed path may
 * watch until it expires, and no longer than the grant holds.
 */
export const mediaUrl = ({ key, video, now, grant }: MediaUrlInput): string => {
  if (video.visibility !== "private") return `/media/${key}`;
  const signature = signScope({
    key: keyRing()[0],
    scope: {
      prefix: videoRunsPrefix(video.id),
      purpose: "playback",
      expiresAtSeconds: expiryOf({ now, grant }),
      playbackVersion: video.playbackVersion,
      grant: grant === undefined ? "s" : grantName(grant),
    },
  });
  return `/media/signed/${signature}/${key}`;
};

/** What `mediaUrl` needs to know. */
export type MediaUrlInput = {
  key: string;
  video: { id: string; visibility: Visibility; playbackVersion: number };
  now: Date;
  grant?: PlaybackGrant | undefined;
};
