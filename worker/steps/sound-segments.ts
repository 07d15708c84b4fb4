import { join } from "node:path";
import { cutPackets, joinPackets } from "#lib/media/encode/cut-packets.ts";
import { streamName } from "#lib/media/encode/segment-output.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { readFragment, type TrackPackets } from "#lib/media/fragment/fragment-packets.ts";
import type { RunRef } from "#lib/storage/keys.ts";
import { readGrowingFile } from "./growing-file.ts";
import type { SegmentSource } from "./publish-while.ts";
import { segmentFiles } from "./segment-files.ts";

/**
 * The segments of one audio rendition, each from the first packet at or after its cut. `cutAt` gives the start of a
 * segment in seconds; `next` is the first one that is not published yet.
 */
export const soundSegments = (input: {
  run: RunRef;
  scratchDir: string;
  rendition: string;
  cutAt: (index: number) => number;
  next: number;
}): SegmentSource => {
  const { run, rendition, cutAt } = input;
  const folder = join(input.scratchDir, rendition);
  const stream = readGrowingFile(join(folder, streamName));
  const files = segmentFiles({ run, rendition, kind: "audio", folder, next: input.next });
  let timescale: number | null = null;
  let waiting: TrackPackets[] = [];
  let index = 0;
  // One ahead of `index`, until sound is silent for longer than a segment: then the cuts in the gap make no segments.
  let cut = 1;

  const add = async (packets: TrackPackets) => {
    await files.add({ index, packets, startTicks: packets.times[0] ?? 0, endTicks: packets.endTicks });
    index += 1;
  };

  const addFragment = async (bytes: Uint8Array) => {
    const init = stream.init();
    if (init === null) throw new MediaFailure("processing_failed", { detail: "fragment without init" });
    timescale ??= files.setInit(init).timescale;
    waiting.push(readFragment(bytes));
    const ticks = (at: number) => cutAt(at) * (timescale ?? 1) - 0.001;
    if ((waiting.at(-1)?.times.at(-1) ?? 0) < ticks(cut)) return;
    let rest = joinPackets(waiting);
    for (;;) {
      while ((rest.times[0] ?? 0) >= ticks(cut)) cut += 1;
      const pieces = cutPackets(rest, ticks(cut));
      if (pieces === null) break;
      await add(pieces.before);
      rest = pieces.after;
    }
    waiting = [rest];
  };

  return {
    advance: async (enough) => {
      while (files.ready() < enough) {
        const bytes = await stream.next();
        if (bytes === null) return;
        await addFragment(bytes);
      }
    },
    finish: async () => {
      if (waiting.length === 0) return;
      await add(joinPackets(waiting));
      waiting = [];
    },
    take: files.take,
    hasAny: files.hasAny,
    close: stream.close,
  };
};
