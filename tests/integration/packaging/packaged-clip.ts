import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseProbe } from "#lib/media/probe/probe.ts";
import type { SourceRung, SourceTrack } from "#lib/media/source/source-rung.ts";
import { packageSegment, readSourceRung } from "#lib/packaging/index.ts";
import { runTool } from "#tests/media/run-tool.ts";

/** A folder of its own for a test's clips. */
export const clipFolder = async (): Promise<{ path: string; remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), "kinora-packaging-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

/** ffprobe's view of a clip, as the probe step takes it. */
export const probeClip = async (path: string) =>
  parseProbe(JSON.parse((await runTool("ffprobe", ["-of", "json", "-show_format", "-show_streams", path])).toString()));

/** The clip as a rung, or why not. */
export const readClip = async (path: string) =>
  readSourceRung({
    ...{ source: { path }, probe: await probeClip(path), targetSeconds: 4 },
    signal: new AbortController().signal,
  });

/** The clip's rung; fails when it is refused. */
export const requireRung = async (path: string): Promise<Omit<SourceRung, "keep">> => {
  const answer = await readClip(path);
  if ("refused" in answer) throw new Error(`refused: ${answer.refused}`);
  return answer.rung;
};

/** One track packaged from beginning to end: the pieces, and a file of init and all segments. */
export type PackagedTrack = { track: SourceTrack; init: Uint8Array; segments: readonly Uint8Array[]; path: string };

/** Packages a track of a clip and puts it together in `folder`. */
export const packageTrack = async (input: {
  path: string;
  folder: string;
  rung: Omit<SourceRung, "keep">;
  track: SourceTrack;
}): Promise<PackagedTrack> => {
  const { path, folder, rung, track } = input;
  const one = (index: number | "init") =>
    packageSegment({
      ...{ source: { path }, rung, rendition: track.rendition, index },
      signal: new AbortController().signal,
    });
  const init = await one("init");
  const segments: Uint8Array[] = [];
  for (const index of track.starts.keys()) segments.push(await one(index));
  const joined = join(folder, `${track.rendition}-${segments.length}.mp4`);
  await writeFile(joined, Buffer.concat([init, ...segments]));
  return { track, init, segments, path: joined };
};

/** Hash of every decoded frame of the first picture, in the order of presentation. */
export const frameHashes = async (path: string): Promise<string[]> =>
  framesOf(
    (
      await runTool("ffmpeg", ["-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-"])
    ).toString(),
  );

const framesOf = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(",")[5]?.trim() ?? "");

/** Hash of every packet's bytes of one stream, in decode order. */
export const packetHashes = async (path: string, stream: string): Promise<string[]> =>
  framesOf(
    (await runTool("ffmpeg", ["-i", path, "-map", `0:${stream}`, "-c", "copy", "-f", "framemd5", "-"])).toString(),
  );

/** Presentation times of one stream's packets in seconds, sorted. */
export const packetSeconds = async (path: string, stream: string): Promise<number[]> => {
  const args = ["-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0", path];
  const text = (await runTool("ffprobe", args)).toString();
  return text
    .split("\n")
    .map((line) => Number.parseFloat(line))
    .filter((seconds) => Number.isFinite(seconds))
    .toSorted((a, b) => a - b);
};

/** Bytes of a file. */
export const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;
