import { createHash } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import { liveMediaPlaylist, liveMultivariant } from "#lib/media/playlists/live-playlists.ts";
import { findSourceTrack, liveRendition } from "#lib/media/playlists/live-renditions.ts";
import { isPlayable } from "#lib/media/playlists/live-variants.ts";
import { type LiveRuns, liveRuns, type OpenRun } from "#lib/playback/live-runs.ts";
import { foreseeSegments, segmentMaker } from "#lib/playback/package-on-request.ts";
import { parseRunFile, type RunFile } from "#lib/playback/run-file.ts";
import { serveMemory } from "#lib/playback/serve-memory.ts";
import type { ServeObject } from "#lib/playback/serve-object.ts";
import { sourceGraceSeconds } from "#lib/processing/source-grace.ts";
import { segmentName } from "#lib/storage/keys.ts";

const names = { playlist: (rendition: string) => `${rendition}/index.m3u8`, init: "init.mp4", segment: segmentName };

/** What is delivered of a run beyond what is stored. */
type Answer = { kind: "playlist"; text: string } | { kind: "packaged"; rendition: string; index: number | "init" };

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

/** Nothing beyond the plan's own segments ever reaches the packaging. */
const isPlanned = (run: OpenRun, rendition: string, index: number | "init"): boolean => {
  const count = findSourceTrack(run.live.plan, rendition)?.starts.length ?? 0;
  return index === "init" ? count > 0 : index < count;
};

const answerOf = (run: OpenRun | null, file: RunFile): { run: OpenRun; answer: Answer } | null => {
  if (run === null || !mayServe(run, file)) return null;
  if (file.kind === "init" || file.kind === "segment") {
    const { rendition } = file;
    const index = file.kind === "init" ? "init" : file.index;
    return isPlanned(run, rendition, index) ? { run, answer: { kind: "packaged", rendition, index } } : null;
  }
  const text = playlistText(run, file);
  return text === null ? null : { run, answer: { kind: "playlist", text } };
};

const etagOf = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 22);

const packaged = ({
  run,
  key,
  rendition,
  index,
}: {
  run: OpenRun;
  key: string;
  rendition: string;
  index: number | "init";
}): Promise<Uint8Array> => {
  const { source } = run.live.plan;
  if (source === null) throw new AppError("not_found");
  return segmentMaker().make({ key, runId: run.runId, sourceKey: run.sourceKey, rung: source, rendition, index });
};

/**
 * Delivers what a run that goes on can give although it is not stored: its playlists as of now, and segments of the
 * source's own tracks, made on the spot. Refuses only on a fresh look. Throws `not_found` for everything else, and
 * `unavailable` when too many segments are asked for at once.
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
  if (answer.kind === "packaged") {
    const bytes = await packaged({ run, key: input.key, ...answer });
    // Equal names hold equal bytes: the name tells them apart.
    return serveMemory({ ...delivery, bytes, etag: etagOf(input.key), modifiedAt: run.readAt });
  }
  const { source } = run.live.plan;
  if (file.kind === "multivariant" && source !== null && run.state === "running") {
    foreseeSegments({ runId: run.runId, sourceKey: run.sourceKey, rung: source });
  }
  return serveMemory({
    ...delivery,
    bytes: new TextEncoder().encode(answer.text),
    etag: etagOf(answer.text),
    modifiedAt: run.readAt,
    // It grows: whoever keeps it must ask whether it is still the same.
    headers: { ...delivery.headers, "Cache-Control": `${open ? "public" : "private"}, no-cache` },
  });
};
