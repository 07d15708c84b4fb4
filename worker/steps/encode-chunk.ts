import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { encodeCommand } from "#lib/media/encode/encode-command.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { copyOf, readsCopy, unreachableChunk } from "#lib/media/plan/chunk-source.ts";
import { type Chunk, chunkSeconds } from "#lib/media/plan/grid.ts";
import type { Rung } from "#lib/media/plan/ladder.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { LateStart, pictureSegments } from "./picture-segments.ts";
import { publishWhile } from "./publish-while.ts";
import type { StepContext, StepOutcome } from "./step.ts";
import { stillNames } from "./still-picture.ts";
import { watermarkInput } from "./watermark-input.ts";

type ChunkWork = {
  context: StepContext;
  plan: Plan;
  chunk: Chunk;
  rungs: readonly Rung[];
};

/** The first segment of the chunk that is not published yet. */
const nextOf = async ({ context, chunk }: ChunkWork, rung: Rung): Promise<number> => {
  const end = chunk.firstSegment + (chunk.segmentCount ?? Number.POSITIVE_INFINITY);
  const own = (await context.published(rung.name)).filter(
    ({ firstSegment }) => firstSegment >= chunk.firstSegment && firstSegment < end,
  );
  return own.reduce((next, part) => Math.max(next, part.firstSegment + part.segments.length), chunk.firstSegment);
};

/** What a chunk gives: its parts and files, and how many frames or packets of the source were damaged on the way. */
type EncodedChunk = { parts: RenditionPart[]; files: StepOutcome["files"]; decodeFaults: number };

const encodeFrom = async (
  work: ChunkWork,
  nexts: ReadonlyMap<string, number>,
  fromStart: boolean,
): Promise<EncodedChunk> => {
  const { context, plan, chunk, rungs } = work;
  const { sourcePath, scratchDir, step, results } = context;
  const { grid } = plan;
  const copied = readsCopy({ plan, step, results });
  for (const rung of rungs) await mkdir(join(scratchDir, rung.name), { recursive: true });
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const sources = rungs.map(({ name }) =>
    pictureSegments({
      ...{ run, scratchDir, rendition: name, grid, chunk },
      next: nexts.get(name) ?? chunk.firstSegment,
    }),
  );
  const overlay = await watermarkInput({ context, plan, rungs });
  const outcome = await publishWhile({
    ...{ context, sources },
    command: encodeCommand({
      ...{ plan, chunk, rungs, sourcePath, copied, coverName: stillNames.cover, overlay, fromStart },
    }),
    seconds: chunkSeconds({ grid, chunk, durationSeconds: plan.durationMs / 1000 }),
  });
  // Later chunks of a file that ends before its declared end are empty; a first one is the file's fault.
  if (chunk.firstSegment === 0 && sources.some((source) => !source.hasAny())) {
    throw new MediaFailure("corrupt", { detail: "no picture could be decoded" });
  }
  return outcome;
};

/** Whether a chunk behind the first can begin where it should: the probe saw that of the file, the copy may be missing. */
const isReachable = ({ plan, context }: ChunkWork): boolean =>
  plan.copy === undefined || copyOf(context.results) === true;

const nothing: EncodedChunk = { parts: [], files: [], decodeFaults: 0 };

/**
 * Encodes the given rungs of one chunk with a single decode, and publishes segments as they come. What an earlier attempt
 * published whole is not made again, unless the source's damage is to be counted. Throws `MediaFailure` `corrupt` when nothing can be decoded.
 */
export const encodeChunk = async (planned: ChunkWork): Promise<EncodedChunk> => {
  if (planned.chunk.ordinal === 0 || isReachable(planned)) return encodeWhole(planned, false);
  const chunk = unreachableChunk(planned.chunk);
  return chunk === null ? nothing : encodeWhole({ ...planned, chunk }, true);
};

const encodeWhole = async (work: ChunkWork, fromStart: boolean): Promise<EncodedChunk> => {
  const { plan, chunk, rungs } = work;
  const nexts = new Map<string, number>();
  for (const rung of rungs) nexts.set(rung.name, await nextOf(work, rung));
  const end = chunk.segmentCount === null ? null : chunk.firstSegment + chunk.segmentCount;
  const isThere = end !== null && [...nexts.values()].every((next) => next >= end);
  // Whether a source stays is told by its decode: what an attempt heard of it went with the attempt.
  if (isThere && plan.source?.keep !== true) return nothing;
  try {
    return await encodeFrom(work, nexts, fromStart);
  } catch (error) {
    if (!(error instanceof LateStart) || chunk.firstSegment === 0 || fromStart) throw error;
    // The container's index led behind the chunk's start: read everything before it, as slow as that is.
    return encodeFrom(work, nexts, true);
  }
};
