import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib/errors.ts";
import { audioCommand } from "#lib/media/encode/audio-command.ts";
import { audioCut } from "#lib/media/encode/audio-cuts.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { PartsResult } from "#lib/media/playlists/rendition-parts.ts";
import { publishWhile } from "./publish-while.ts";
import { requirePlan } from "./require-plan.ts";
import { soundSegments } from "./sound-segments.ts";
import type { StepHandler } from "./step.ts";

/**
 * Makes one audio rendition, in one process from start to end: pieces joined later would click. Publishes as it goes; a
 * later attempt makes everything again and publishes only what is not published yet.
 */
export const audioStep: StepHandler = async (context) => {
  const { sourcePath, scratchDir } = context;
  const plan = requirePlan(context);
  const track = plan.audio.find((candidate) => candidate.ordinal === context.step.ordinal);
  if (track === undefined) throw new AppError("internal", { message: "The plan has no such audio track." });
  const { rendition } = track;
  await mkdir(join(scratchDir, rendition), { recursive: true });
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const cutAt = (index: number) => audioCut({ grid: plan.grid, index });
  const earlier = await context.published(rendition);
  const next = earlier.reduce((end, part) => Math.max(end, part.firstSegment + part.segments.length), 0);
  const source = soundSegments({ run, scratchDir, rendition, cutAt, next });
  const { parts, files } = await publishWhile({
    ...{ context, sources: [source], seconds: plan.durationMs / 1000 },
    command: audioCommand({ plan, track, sourcePath }),
  });
  if (!source.hasAny()) throw new MediaFailure("corrupt", { detail: `nothing decoded for ${rendition}` });
  return { result: { parts, poster: null } satisfies PartsResult, files };
};
