import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { parseAss } from "#lib/media/captions/caption-ass.ts";
import { captionCommand, textOutputOf } from "#lib/media/captions/caption-command.ts";
import { type Cue, maxCues } from "#lib/media/captions/caption-cue.ts";
import type { TextResult } from "#lib/media/captions/caption-result.ts";
import { parseSrt } from "#lib/media/captions/caption-srt.ts";
import { tidyCues } from "#lib/media/captions/caption-tidy.ts";
import type { FileText, TextTrack } from "#lib/media/captions/caption-tracks.ts";
import { writeVtt } from "#lib/media/captions/vtt-write.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { captionKey } from "#lib/storage/keys.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";

/** Texts lie far apart in a long file: reading it may take this long without a sign of life. */
const stallMs = 600_000;

const scratchName = (track: TextTrack) => `text-${track.streamIndex}.${textOutputOf(track.codec)}`;

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

const extract = async (context: StepContext, plan: Plan, tracks: readonly TextTrack[]): Promise<void> => {
  const { sourcePath, scratchDir, signal } = context;
  await context.ffmpeg({
    command: captionCommand({
      sourcePath,
      tracks: tracks.map((track) => ({
        ...{ streamIndex: track.streamIndex, name: scratchName(track), output: textOutputOf(track.codec) },
      })),
    }),
    ...{ scratchDir, durationSeconds: plan.durationMs / 1000, stallMs, signal },
  });
};

/** All tracks in one reading; when that fails, each alone, so that a broken track costs only itself. */
const extractAll = async (context: StepContext, plan: Plan, tracks: readonly TextTrack[]): Promise<void> => {
  try {
    await extract(context, plan, tracks);
    return;
  } catch (error) {
    if (!(error instanceof MediaFailure)) throw error;
  }
  for (const track of tracks) {
    await extract(context, plan, [track]).catch((error: unknown) => {
      if (!(error instanceof MediaFailure)) throw error;
      const facts = { "event.action": "text.track_unreadable", runId: context.run.id, codec: track.codec };
      log().warn({ ...facts, streamIndex: track.streamIndex, err: error }, "a text track cannot be read");
    });
  }
};

const cuesOf = async (context: StepContext, track: TextTrack, zeroMs: number): Promise<Cue[]> => {
  const format = textOutputOf(track.codec);
  try {
    const file = await readFile(join(context.scratchDir, scratchName(track)), "utf8");
    const text = file.replace(/\r\n?/g, "\n");
    const { cues } = format === "ass" ? parseAss(text) : parseSrt(text);
    const shifted = cues.map((cue) => ({ ...cue, startMs: cue.startMs - zeroMs, endMs: cue.endMs - zeroMs }));
    return tidyCues({ cues: shifted, format }).slice(0, maxCues);
  } catch (error) {
    // ffmpeg makes no file for a track without words.
    if (isMissing(error)) return [];
    throw error;
  }
};

type StoredTrack = { caption: TextResult["captions"][number]; file: { path: string; key: string } };

const store = async (context: StepContext, track: TextTrack, zeroMs: number): Promise<StoredTrack | null> => {
  const cues = await cuesOf(context, track, zeroMs);
  if (cues.length === 0) return null;
  const id = newId();
  const key = captionKey({ videoId: context.run.videoId, captionId: id, version: 1 });
  const path = join(context.scratchDir, `${id}.vtt`);
  const bytes = Buffer.from(writeVtt({ cues, forStreams: true }));
  await writeFile(path, bytes);
  const { language, label, kind, forced } = track;
  const facts = { key, sizeBytes: bytes.byteLength, cueCount: cues.length };
  // Files mark almost any track as default; only what must be read is shown unasked.
  return { caption: { id, language, label, kind, isDefault: forced, ...facts }, file: { path, key } };
};

const noText: FileText = { zeroMs: 0, tracks: [], pictures: [], chapters: [] };

/** Makes captions of the text tracks in the file and hands on its chapters. Tracks that are pictures are only named. */
export const textStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  const { zeroMs, tracks, pictures, chapters } = plan.text ?? noText;
  if (pictures.length > 0) {
    const facts = { "event.action": "text.pictures_left", runId: context.run.id, codecs: pictures };
    log().info(facts, "subtitle tracks that are pictures were left");
  }
  if (tracks.length > 0) await extractAll(context, plan, tracks);
  const stored: StoredTrack[] = [];
  for (const track of tracks) {
    const one = await store(context, track, zeroMs);
    if (one !== null) stored.push(one);
  }
  const result: TextResult = { captions: stored.map(({ caption }) => caption), chapters: [...chapters] };
  return { result, files: stored.map(({ file }) => file) };
};
