import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { listAudioExports } from "#lib/db/queries/videos/audio-exports.ts";
import type { AudioExportDto } from "#lib/exports/dto.ts";
import { toAudioExportDto } from "#lib/exports/to-dto.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

/** A video's sound files, newest first, for those who may edit it. Throws like `requireEditableVideo`. */
export const listAudio = ({
  viewer,
  videoId,
  locale,
}: {
  viewer: Viewer;
  videoId: string;
  locale: Locale;
}): Promise<{ items: AudioExportDto[]; nextCursor: null }> =>
  transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    const rows = await listAudioExports(tx, videoId);
    return { items: rows.map((row) => toAudioExportDto(row, locale)), nextCursor: null };
  });
