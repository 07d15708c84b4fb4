import type { CaptionDto } from "#lib/captions/dto.ts";
import type { CaptionRow } from "#lib/db/queries/videos/captions.ts";

/** What is told of a stored text track. */
export const toCaptionDto = (row: CaptionRow): CaptionDto => ({
  id: row.id,
  language: row.language,
  label: row.label,
  kind: row.kind,
  origin: row.origin,
  isDefault: row.isDefault,
  cueCount: row.cueCount,
  sizeBytes: row.sizeBytes,
  downloadUrl: `/api/v1/videos/${row.videoId}/captions/${row.id}`,
  createdAt: row.createdAt.toISOString(),
});
