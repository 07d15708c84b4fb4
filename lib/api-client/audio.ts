import { apiRequest } from "#lib/api-client/request.ts";
import type { AudioExportDto } from "#lib/exports/dto.ts";

/** A request for a sound file; what is left out takes the server's usual. */
export type AudioRequestInput = { bitrate?: AudioExportDto["options"]["bitrate"]; normalize?: boolean };

/** A video's sound files, newest first. Throws `ApiError`. */
export const fetchAudioExports = (input: {
  videoId: string;
  signal?: AbortSignal | undefined;
}): Promise<{ items: AudioExportDto[] }> =>
  apiRequest({ path: `/videos/${input.videoId}/audio`, signal: input.signal });

/** Asks for a sound file. */
export const requestAudioExport = (input: { videoId: string; request: AudioRequestInput }): Promise<AudioExportDto> =>
  apiRequest({ path: `/videos/${input.videoId}/audio`, method: "POST", body: input.request });

/** Cancels or removes a sound file. */
export const removeAudioExport = (input: { videoId: string; exportId: string }): Promise<void> =>
  apiRequest({ path: `/videos/${input.videoId}/audio/${input.exportId}`, method: "DELETE" });
