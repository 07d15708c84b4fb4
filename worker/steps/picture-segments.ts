import { join } from "node:path";
import { streamName } from "#lib/media/encode/segment-output.ts";
import { isMisplaced, placeSegment } from "#lib/media/encode/segment-place.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { readFragment } from "#lib/media/fragment/fragment-packets.ts";
import type { Chunk, Grid } from "#lib/media/plan/grid.ts";
import type { RunRef } from "#lib/storage/keys.ts";
import { readGrowingFile } from "./growing-file.ts";
import type { SegmentSource } from "./publish-while.ts";
import { segmentFiles } from "./segment-files.ts";

/** A chunk whose first frame is not where it should be: the seek landed too late. */
export class LateStart extends Error {
  override name = "LateStart";
}

/**
 * The segments of one rung of one chunk: ffmpeg writes one fragment per segment. `next` is the first one that is not
 * published yet. Throws `LateStart` when the chunk does not begin where it should, and `MediaFailure`
 * `processing_failed` when a segment does not.
 */
export const pictureSegments = (input: {
  run: RunRef;
  scratchDir: string;
  rendition: string;
  grid: Grid;
  chunk: Chunk;
  next: number;
}): SegmentSource => {
  const { run, rendition, grid, chunk, next } = input;
  const folder = join(input.scratchDir, rendition);
  const stream = readGrowingFile(join(folder, streamName));
  const files = segmentFiles({ run, rendition, kind: "video", folder, next });
  let timescale: number | null = null;
  let index = chunk.firstSegment;

  const addOne = async (bytes: Uint8Array) => {
    const init = stream.init();
    if (init === null) throw new MediaFailure("processing_failed", { detail: "fragment without init" });
    timescale ??= files.setInit(init).timescale;
    const packets = readFragment(bytes);
    // Declared EXT-X-INDEPENDENT-SEGMENTS: every segment must begin with a key frame.
    if (packets.keys[0] !== 1) throw new MediaFailure("processing_failed", { detail: "segment without key frame" });
    const firstTicks = Math.min(...packets.times);
    if (isMisplaced({ grid, index, firstTicks, timescale })) {
      const detail = `${rendition}: segment ${index} begins at ${firstTicks / timescale} s`;
      throw index === chunk.firstSegment ? new LateStart(detail) : new MediaFailure("processing_failed", { detail });
    }
    await files.add({ index, packets, ...placeSegment({ grid, index, times: packets.times, timescale }) });
    index += 1;
  };

  return {
    advance: async (enough) => {
      while (files.ready() < enough) {
        const bytes = await stream.next();
        if (bytes === null) return;
        await addOne(bytes);
      }
    },
    finish: async () => undefined,
    take: files.take,
    hasAny: files.hasAny,
    close: stream.close,
  };
};
