import { open, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MediaFailure } from "#lib/media/failures.ts";
import { readInit, readSegment } from "#lib/media/fragment/fmp4.ts";
import { keyFrameFragment } from "#lib/media/fragment/key-frame-fragment.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import type { RenditionPart, StillsResult } from "#lib/media/playlists/rendition-parts.ts";
import { previewCommand, previewName, previewPlan, previewSize, sceneFile } from "#lib/media/stills/card-preview.ts";
import { storyboardCommand, storyboardNames, storyboardSheetFile } from "#lib/media/stills/storyboard-command.ts";
import {
  sheetColumns,
  sheetRows,
  storyboardTiles,
  storyboardVtt,
  type Tile,
  tileSize,
} from "#lib/media/stills/storyboard-plan.ts";
import {
  initKey,
  previewKey,
  type RunRef,
  segmentKey,
  storyboardKey,
  storyboardSheetKey,
  storyboardSheetName,
} from "#lib/storage/keys.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler, StepOutcome } from "./step.ts";

/** What the stills are made of: the smallest rendition there is. */
type Source = {
  context: StepContext;
  run: RunRef;
  rendition: string;
  parts: readonly RenditionPart[];
  init: Uint8Array;
};
type Made = { files: StepOutcome["files"]; asset: StillsResult["assets"][number] };

/** Our own encoder's heads take about 4 KB; a packaged segment may begin with a longer one. */
const headBytes = 128 * 1024;
const readsAtOnce = 8;

const keyFrameBytesOf = (parts: readonly RenditionPart[], segment: number): number | undefined =>
  parts.flatMap(({ firstSegment, segments }) => segments[segment - firstSegment] ?? [])[0]?.keyFrameBytes;

/** A segment up to the end of its key frame, with what its head says. */
const readKeyFrame = async ({ context, run, rendition, parts }: Source, segment: number) => {
  const key = segmentKey({ ...run, rendition, index: segment });
  const known = keyFrameBytesOf(parts, segment);
  const head = await context.readStored({ key, endExclusive: known ?? headBytes });
  const info = readSegment(head);
  const { end } = info.firstSample;
  const bytes = end <= head.byteLength ? head : await context.readStored({ key, endExclusive: end });
  return { segment: bytes, info };
};

/** Writes a file whose every frame is a key frame of the video, in order. */
const writeKeyFrames = async (source: Source, tiles: readonly Tile[]): Promise<string> => {
  const { context, init } = source;
  const path = join(context.scratchDir, storyboardNames.keyFrames);
  const { timescale } = readInit(init);
  const file = await open(path, "wx");
  try {
    await file.writeFile(init);
    for (let first = 0; first < tiles.length; first += readsAtOnce) {
      const frames = await Promise.all(
        tiles.slice(first, first + readsAtOnce).map(({ segment }) => readKeyFrame(source, segment)),
      );
      for (const [index, frame] of frames.entries()) {
        await file.writeFile(keyFrameFragment({ ...frame, timescale, index: first + index }));
      }
    }
  } finally {
    await file.close();
  }
  return path;
};

const makeStoryboard = async (source: Source, plan: Plan): Promise<Made> => {
  const { context, run, parts } = source;
  const { scratchDir, signal } = context;
  const tiles = storyboardTiles(parts);
  const size = tileSize(plan.picture);
  const keyFramesPath = await writeKeyFrames(source, tiles);
  const command = storyboardCommand({ keyFramesPath, size });
  await context.ffmpeg({ command, scratchDir, durationSeconds: tiles.length, signal });
  const vttPath = join(scratchDir, "storyboard.vtt");
  await writeFile(vttPath, storyboardVtt({ tiles, size, sheetName: storyboardSheetName }));
  const sheets = Array.from({ length: Math.ceil(tiles.length / (sheetColumns * sheetRows)) }, (_, index) => ({
    path: join(scratchDir, storyboardSheetFile(index)),
    key: storyboardSheetKey({ ...run, index }),
  }));
  const sizes = await Promise.all([vttPath, ...sheets.map(({ path }) => path)].map(async (path) => stat(path)));
  const sizeBytes = sizes.reduce((sum, { size: bytes }) => sum + bytes, 0);
  const key = storyboardKey(run);
  return {
    files: [...sheets, { path: vttPath, key }],
    asset: { kind: "storyboard", key, sizeBytes, contentType: "text/vtt" },
  };
};

const makePreview = async (source: Source, plan: Plan): Promise<Made | null> => {
  const { context, run, rendition, parts, init } = source;
  const { scratchDir, signal } = context;
  const preview = previewPlan(parts);
  if (preview === null) return null;
  const scenePaths: string[] = [];
  for (const [index, { segment }] of preview.scenes.entries()) {
    const media = await context.readStored({ key: segmentKey({ ...run, rendition, index: segment }) });
    const path = join(scratchDir, sceneFile(index));
    await writeFile(path, Buffer.concat([init, media]));
    scenePaths.push(path);
  }
  const { seconds } = preview;
  const command = previewCommand({ scenePaths, seconds, size: previewSize(plan.picture) });
  await context.ffmpeg({ command, scratchDir, durationSeconds: seconds * scenePaths.length, signal });
  const path = join(scratchDir, previewName);
  const key = previewKey(run);
  const { byteLength: sizeBytes } = await readFile(path);
  return { files: [{ path, key }], asset: { kind: "preview", key, sizeBytes, contentType: "video/mp4" } };
};

const sourceOf = async (context: StepContext, plan: Plan): Promise<Source> => {
  const run = { videoId: context.run.videoId, runId: context.run.id };
  // Marked as viewers see it, turned and toned down already, and small: nothing of the original is decoded again.
  const rendition = plan.rungs[0]?.name ?? plan.source?.video.rendition;
  const parts = rendition === undefined ? [] : await context.published(rendition);
  if (rendition === undefined || parts.length === 0) {
    throw new MediaFailure("processing_failed", { detail: "no rendition to take stills of" });
  }
  return { context, run, rendition, parts, init: await context.readStored({ key: initKey({ ...run, rendition }) }) };
};

/** Makes the storyboard and the card's preview out of the smallest rendition's stored segments. */
export const stillsStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  if (plan.picture.origin !== "stream") return { result: { assets: [] } satisfies StillsResult, files: [] };
  const source = await sourceOf(context, plan);
  const storyboard = await makeStoryboard(source, plan);
  context.report({ fraction: 0.6, speed: null });
  const preview = await makePreview(source, plan);
  const made = preview === null ? [storyboard] : [storyboard, preview];
  const result: StillsResult = { assets: made.map(({ asset }) => asset) };
  return { result, files: made.flatMap(({ files }) => files) };
};
