import type { AudioExportRow } from "#lib/db/queries/videos/audio-exports.ts";
import { type AudioExportDto, audioRequestSchema } from "#lib/exports/dto.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { failureText } from "#lib/videos/failure-text.ts";

/** An export as its owner gets it. */
export const toAudioExportDto = (row: AudioExportRow, locale: Locale): AudioExportDto => ({
  id: row.id,
  videoId: row.videoId,
  options: audioRequestSchema.parse(row.options),
  state: row.state,
  percent: Math.round(row.progress * 1000) / 10,
  failure: row.failureCode === null ? null : failureText({ code: row.failureCode, locale }),
  file:
    row.assetId === null || row.sizeBytes === null
      ? null
      : { assetId: row.assetId, sizeBytes: row.sizeBytes, downloadUrl: `/api/v1/assets/${row.assetId}` },
  createdAt: row.createdAt.toISOString(),
});
