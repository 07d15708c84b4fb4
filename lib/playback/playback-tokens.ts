import { makeSecret, secretHash } from "#lib/accounts/tokens/secret-token.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { type DbOrTx, type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import {
  findPlaybackToken,
  hasPlaybackToken,
  hasPlaybackTokens,
  insertPlaybackToken,
  listPlaybackTokenRows,
  type PlaybackTokenRow,
  revokePlaybackTokenRows,
} from "#lib/db/queries/sharing/playback-tokens.ts";
import { updateVideo } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import type {
  MadePlaybackTokenDto,
  NewPlaybackToken,
  PlaybackTokenDto,
  PlaybackTokenPageDto,
  PlaybackTokenQuery,
} from "#lib/playback/dto.ts";
import type { PlaybackGrant } from "#lib/playback/media-url.ts";
import { refuseTakenDown, requireEditableVideo } from "#lib/videos/policy.ts";

const tokenPrefix = "kip_";
/** Of one video, open at the same time: one for each of a large class, and an end to a program's mistake. */
const mostOpen = 10_000;
const longestMs = 366 * 86_400_000;

type Asked = { viewer: Viewer; videoId: string };

const stateOf = ({ revokedAt, expired }: PlaybackTokenRow): PlaybackTokenDto["state"] => {
  if (revokedAt !== null) return "revoked";
  return expired ? "expired" : "open";
};

const toDto = (row: PlaybackTokenRow): PlaybackTokenDto => ({
  id: row.id,
  note: row.note,
  sites: row.sites,
  state: stateOf(row),
  expiresAt: row.expiresAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

const expiryOf = (text: string): Date => {
  const expiresAt = new Date(text);
  const inMs = expiresAt.getTime() - Date.now();
  if (inMs > 0 && inMs <= longestMs) return expiresAt;
  throw new AppError("invalid_input", { fields: { expiresAt: "time_within_year" } });
};

const audit = (tx: Tx, entry: Asked & { action: string; details: Record<string, unknown> }): Promise<void> =>
  recordAudit(tx, {
    ...{ actorId: entry.viewer?.id ?? null, action: entry.action, details: entry.details },
    ...{ targetType: "video", targetId: entry.videoId },
  });

/**
 * Makes a token that opens one video until it expires or is revoked; the answer is the only one that holds the token itself.
 * Throws like `requireEditableVideo` and `refuseTakenDown`, `invalid_input` for a time that is over or too far away, and
 * `conflict` when ten thousand are open.
 */
export const makePlaybackToken = ({
  viewer,
  videoId,
  token,
}: Asked & { token: NewPlaybackToken }): Promise<MadePlaybackTokenDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    refuseTakenDown(viewer, video);
    const expiresAt = expiryOf(token.expiresAt);
    if (await hasPlaybackTokens(tx, { videoId, atLeast: mostOpen })) {
      throw new AppError("conflict", { message: `${mostOpen} tokens are open already.`, hint: "Revoke some first." });
    }
    const secret = makeSecret(tokenPrefix);
    const { note, sites } = token;
    const row = await insertPlaybackToken(tx, {
      ...{ id: newId(), videoId, createdBy: viewer?.id ?? null, note, sites, expiresAt },
      tokenHash: secretHash(secret),
    });
    if (row === null) throw new AppError("internal");
    const details = { tokenId: row.id, note, sites, expiresAt: row.expiresAt.toISOString() };
    await audit(tx, { viewer, videoId, action: "video.playback_token_made", details });
    return {
      ...toDto(row),
      token: secret,
      watchUrl: sites.length === 0 ? `/watch/${videoId}?token=${secret}` : null,
      embedUrl: `/embed/${videoId}?token=${secret}`,
    };
  });

/** A video's tokens, newest first, for those who may edit it. Throws like `requireEditableVideo`. */
export const listPlaybackTokens = ({
  viewer,
  videoId,
  query: { cursor, limit },
}: Asked & { query: PlaybackTokenQuery }): Promise<PlaybackTokenPageDto> =>
  transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    const rows = await listPlaybackTokenRows(tx, { videoId, before: cursor, limit: limit + 1 });
    const items = rows.slice(0, limit).map(toDto);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });

/**
 * Takes a token back: what plays by it stops within seconds. One that was taken back or has expired stays as it is. Throws
 * like `requireEditableVideo`, and `not_found` for a token that is not this video's.
 */
export const revokePlaybackToken = ({ viewer, videoId, tokenId }: Asked & { tokenId: string }): Promise<void> =>
  transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    const revoked = await revokePlaybackTokenRows(tx, { videoId, tokenId });
    if (revoked === 0) {
      if (await hasPlaybackToken(tx, { videoId, tokenId })) return;
      throw new AppError("not_found");
    }
    await audit(tx, { viewer, videoId, action: "video.playback_token_revoked", details: { tokenId } });
    await publishVideoEvent(tx, { videoId, event: "changed" });
  });

/**
 * Takes every token of a video back and ends every signed address that is out, those of people who work on it too: their
 * players get new ones by themselves. Throws like `requireEditableVideo`.
 */
export const revokeAllPlayback = ({ viewer, videoId }: Asked): Promise<{ revoked: number }> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    const revoked = await revokePlaybackTokenRows(tx, { videoId });
    await updateVideo(tx, { videoId, changes: { playbackVersion: video.playbackVersion + 1 } });
    await audit(tx, { viewer, videoId, action: "video.playback_revoked", details: { tokens: revoked } });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return { revoked };
  });

/** What a token lets its holder do. */
export type TokenGrant = PlaybackGrant & {
  /** Sites that may embed the video with it; with any, nothing else opens. */
  sites: readonly string[];
};

/**
 * What a token that came with an address opens. Throws `forbidden` for one that is edited, another video's, expired or
 * revoked. Found by its hash, so that how long it takes tells nothing about other tokens.
 */
export const requireGrant = async (
  tx: DbOrTx,
  { token, videoId }: { token: string; videoId: string },
): Promise<TokenGrant> => {
  const row = await findPlaybackToken(tx, secretHash(token));
  if (row === null || row.videoId !== videoId) throw new AppError("forbidden", { hint: "The token is not valid." });
  if (row.revokedAt !== null) throw new AppError("forbidden", { hint: "The token was taken back." });
  if (row.expired) throw new AppError("forbidden", { hint: "The token has expired; ask for a new one." });
  return { tokenId: row.id, expiresAt: row.expiresAt, sites: row.sites };
};
