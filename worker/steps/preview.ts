import { AppError } from "#lib/errors.ts";
import type { PartsResult } from "#lib/media/playlists/rendition-parts.ts";
import { encodeChunk } from "./encode-chunk.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepHandler } from "./step.ts";

/** Encodes one chunk of the lowest rung, ahead of all others, so that there is something to watch soon. */
export const previewStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  const chunk = plan.previewChunks.find((candidate) => candidate.ordinal === context.step.ordinal);
  const rungs = plan.rungs.filter(({ name }) => name === plan.previewRung);
  if (chunk === undefined || rungs.length === 0) {
    throw new AppError("internal", { message: "The plan has no such preview." });
  }
  const { parts, files, decodeFaults } = await encodeChunk({ context, plan, chunk, rungs });
  return { result: { parts, poster: null, decodeFaults } satisfies PartsResult, files };
};
