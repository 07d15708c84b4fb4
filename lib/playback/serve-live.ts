import { createHash } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import { liveMediaPlaylist, liveMultivariant } from "#lib/media/live-playlists.ts";
import { findSourceTrack, liveRendition } from "#lib/media/live-renditions.ts";
import { isPlayable } from "#lib/media/live-variants.ts";
import { type LiveRuns, liveRuns, type OpenRun } from "#lib/playback/live-runs.ts";
import { parseRunFile, type RunFile } from "#lib/playback/run-file.ts";
import { serveMemory } from "#lib/playback/serve-memory.ts";
import type { ServeObject } from "#lib/playback/serve-object.ts";
import { sourceGraceSeconds } from "#lib/processing/source-grace.ts";
import { segmentName } from "#lib/storage/keys.ts";

const names = { playlist: (rendition: string) => `${rendition}/index.m3u8`, init: "init.mp4", segment: segmentName };

/** What is delivered of a run beyond what is stored. */
type Answer = { kind: "playlist"; text: string } | { kind: "packaged" };

const isRecentlyPublished = (run: OpenRun) =>
  run.state === "published" && run.endedSecondsAgo !== null && run.endedSecondsAgo < sourceGraceSeconds;

/** Players that began with the source hold its playlist for a while after the flip; nothing else outlives the run. */
const mayServe = (run: OpenRun, file: RunFile): boolean => {
  if (run.videoId !== file.videoId) return false;
  if (run.state === "running") return true;
  return (
    file.kind !== "multivariant" && findSourceTrack(run.live.plan, file.rendition) !== null && isRecentlyPublished(run)
  );
};

const playlistText = (run: OpenRun, file: RunFile): string | null => {
  const { live } = run;
  if (file.kind === "playlist") return liveMediaPlaylist({ run: live, names, rendition: file.rendition });
  if (file.kind !== "multivariant") return null;
  const begun = (rendition: string) => liveRendition({ run: live, rendition }).segments.length > 0;
  return isPlayable({ plan: live.plan, begun }) ? liveMultivariant({ run: live, names, scope: file.scope }) : null;
};

const segmentCountOf = (run: OpenRun, rendition: string) =>
  findSourceTrack(run.live.plan, rendition)?.starts.length ?? 0;

const answerOf = (run: OpenRun | null, file: RunFile): { run: OpenRun; answer: Answer } | null => {
  if (run === null || !mayServe(run, file)) return null;
  if (file.kind === "init" || file.kind === "segment") {
    const index = file.kind === "init" ? 0 : file.index;
    return index < segmentCountOf(run, file.rendition) ? { run, answer: { kind: "packaged" } } : null;
  }
  const text = playlistText(run, file);
  return text === null ? null : { run, answer: { kind: "playlist", text } };
};

const etagOf = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 22);

/**
 * Delivers what a run that goes on can give although it is not stored: its playlists as of now. Refuses only on a
 * fresh look. Throws `not_found` for everything else.
 */
export const serveLive = async (
  input: Omit<ServeObject, "store"> & { open: boolean; runs?: LiveRuns },
): Promise<Response> => {
  const { open, runs = liveRuns(), ...delivery } = input;
  const file = parseRunFile(input.key);
  if (file === null) throw new AppError("not_found");
  const found = answerOf(await runs.get(file.runId), file) ?? answerOf(await runs.getFresh(file.runId), file);
  if (found === null) throw new AppError("not_found");
  const { run, answer } = found;
  if (answer.kind === "packaged") throw new AppError("not_found");
  return serveMemory({
    ...delivery,
    bytes: new TextEncoder().encode(answer.text),
    etag: etagOf(answer.text),
    modifiedAt: run.readAt,
    // It grows: whoever keeps it must ask whether it is still the same.
    headers: { ...delivery.headers, "Cache-Control": `${open ? "public" : "private"}, no-cache` },
  });
};
