import { type FragmentPackets, fragmentHead } from "#lib/media/fragment/fragment-segment.ts";
import { requireOf } from "#lib/media/source/source-refusal.ts";
import { maxSegmentBytes } from "#lib/media/source/source-track.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";

/** Most that is read along with wanted packets at once. */
const maxRunBytes = 4 * 1024 * 1024;

/** Packets that are fetched by one read, and where the first of them goes. */
type Run = { from: number; to: number; start: number; end: number; target: number; gaps: boolean };

/** Puts packets that lie near each other, in the file's order, into one read each. */
const planReads = (input: { offsets: Float64Array; sizes: Uint32Array; gapBytes: number; target: number }): Run[] => {
  const runs: Run[] = [];
  let target = input.target;
  let run: Run | undefined;
  for (let index = 0; index < input.offsets.length; index += 1) {
    const start = input.offsets[index] ?? 0;
    const size = input.sizes[index] ?? 0;
    const gap = run === undefined ? -1 : start - run.end;
    if (run !== undefined && (gap === 0 || (gap > 0 && gap <= input.gapBytes && start - run.start < maxRunBytes))) {
      run.gaps ||= gap > 0;
      run.to = index + 1;
      run.end = start + size;
    } else {
      run = { from: index, to: index + 1, start, end: start + size, target, gaps: false };
      runs.push(run);
    }
    target += size;
  }
  return runs;
};

const fetchRun = async (input: {
  source: ByteSource;
  run: Run;
  offsets: Float64Array;
  sizes: Uint32Array;
  into: Uint8Array;
}): Promise<void> => {
  const { source, run, offsets, sizes, into } = input;
  if (!run.gaps) return source.fill(into.subarray(run.target, run.target + run.end - run.start), run.start);
  const scratch = new Uint8Array(run.end - run.start);
  await source.fill(scratch, run.start);
  let target = run.target;
  for (let index = run.from; index < run.to; index += 1) {
    const at = (offsets[index] ?? 0) - run.start;
    const size = sizes[index] ?? 0;
    into.set(scratch.subarray(at, at + size), target);
    target += size;
  }
};

/**
 * One media segment out of packets that lie in a file: few reads, straight to their place where they lie without gaps,
 * so that packaging costs about a copy. Throws `SourceRefusal` when the file ends before or the segment is too large.
 */
export const writeSegment = async (input: {
  source: ByteSource;
  packets: FragmentPackets;
  offsets: Float64Array;
  index: number;
}): Promise<Uint8Array<ArrayBuffer>> => {
  const { source, packets, offsets, index } = input;
  const head = fragmentHead({ packets, index });
  const total = packets.sizes.reduce((sum, size) => sum + size, head.byteLength);
  requireOf(total <= maxSegmentBytes, "a segment that is too large to be held");
  const into = new Uint8Array(total);
  into.set(head, 0);
  const { sizes } = packets;
  const runs = planReads({ offsets, sizes, gapBytes: source.gapBytes, target: head.byteLength });
  for (const run of runs) await fetchRun({ source, run, offsets, sizes, into });
  return into;
};
