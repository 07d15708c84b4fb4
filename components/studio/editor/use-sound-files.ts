import { useCallback, useEffect, useState } from "react";
import {
  type AudioRequestInput,
  fetchAudioExports,
  removeAudioExport,
  requestAudioExport,
} from "#lib/api-client/audio.ts";
import type { AudioExportDto } from "#lib/exports/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useReportError } from "../use-report-error.ts";
import { useEditorStart } from "./editor-start.tsx";

const isOpen = ({ state }: AudioExportDto) => state === "queued" || state === "running";

/**
 * A video's sound files. The video's own events bring news of those that are being made. `thereId` is the file that was
 * asked for last, when it was in the list before.
 */
export const useSoundFiles = (video: VideoDto) => {
  const videoId = video.id;
  const report = useReportError();
  const [items, setItems] = useState<readonly AudioExportDto[] | null>(useEditorStart()?.sounds ?? null);
  const [asking, setAsking] = useState(false);
  const [thereId, setThereId] = useState<string | null>(null);
  const knownIds = (items ?? []).map(({ id }) => id).join(" ");
  const waits = items === null || items.some(isOpen);
  // A new object for each event about the video, so that it stands for "something happened".
  const news = waits ? video : null;
  useEffect(() => {
    if (news === null) return;
    const ended = new AbortController();
    fetchAudioExports({ videoId: news.id, signal: ended.signal }).then(
      (page) => setItems(page.items),
      (error: unknown) => {
        if (!ended.signal.aborted) report(error);
      },
    );
    return () => ended.abort();
  }, [news, report]);
  const ask = useCallback(
    async (request: AudioRequestInput) => {
      setAsking(true);
      setThereId(null);
      try {
        const made = await requestAudioExport({ videoId, request });
        // Only the server knows whether the video has changed since: then the same settings make another file.
        if (knownIds.split(" ").includes(made.id)) setThereId(made.id);
        setItems((known) => [made, ...(known ?? []).filter(({ id }) => id !== made.id)]);
      } catch (error) {
        report(error);
      } finally {
        setAsking(false);
      }
    },
    [videoId, report, knownIds],
  );
  const remove = useCallback(
    (exportId: string) => {
      setItems((known) => known?.filter(({ id }) => id !== exportId) ?? null);
      removeAudioExport({ videoId, exportId }).catch((error: unknown) => {
        // What was hidden too early is asked for again.
        setItems(null);
        report(error);
      });
    },
    [videoId, report],
  );
  return { items, asking, ask, remove, thereId, forgetThere: () => setThereId(null) };
};
