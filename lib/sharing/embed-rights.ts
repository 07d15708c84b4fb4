import type { SharedVideoRow } from "#lib/db/queries/sharing/shared-videos.ts";
import { frameAncestors } from "#lib/sharing/site-name.ts";

/** What decides where a video's player may be shown. */
export type EmbedRights = Pick<SharedVideoRow, "embedding" | "sites" | "embeddable">;

/** Whether any page of another site may show the player. */
export const isEmbeddable = ({ embeddable, embedding }: EmbedRights): boolean => embeddable && embedding !== "nowhere";

/**
 * Which pages may show the player (`frame-ancestors`); null when none may. A playback token's sites count instead of its
 * channel's: whoever made the token named them for this video.
 */
export const embedAncestors = (rights: EmbedRights, grant: { sites: readonly string[] } | null): string | null => {
  if (!isEmbeddable(rights)) return null;
  if (grant !== null && grant.sites.length > 0) return frameAncestors(grant.sites);
  return rights.embedding === "listed" ? frameAncestors(rights.sites) : "*";
};
