import { createHash } from "node:crypto";
import type { VideoSource } from "#lib/db/queries/search/sources.ts";
import { analysisVersion } from "#lib/search/analysis/stem-word.ts";

/**
 * Of all that a document is made of, by what analysis: an index whose document has another one is out of date. Views are not
 * in it, since they change without end and are taken over by themselves.
 */
export const fingerprint = ({
  views: _views,
  publishedAt,
  ...source
}: Omit<VideoSource, "chapters" | "noChapters" | "labels"> & {
  chapters: readonly string[];
  labels: readonly string[];
}): string =>
  createHash("sha256")
    .update(JSON.stringify([analysisVersion, publishedAt.toISOString(), Object.entries(source).toSorted()]))
    .digest("base64url")
    .slice(0, 22);
