import { z } from "zod";
import type { Chunk } from "#lib/media/plan/grid.ts";
import type { Plan, PlannedStepKind } from "#lib/media/plan/plan.ts";

/** Result of a `copy` step. */
export const copyResultSchema = z.object({
  /** Whether the copy is there; false when this file's packets do not go into another container. */
  copied: z.boolean(),
});
/** See `copyResultSchema`. */
export type CopyResult = z.output<typeof copyResultSchema>;

type StepResult = { kind: string; result: unknown };

/** Whether the run has the copy that its plan wants; null while its step has not ended, or when none is planned. */
export const copyOf = (results: readonly StepResult[]): boolean | null => {
  const found = results.find(({ kind }) => kind === "copy");
  return found === undefined ? null : copyResultSchema.parse(found.result).copied;
};

/**
 * Whether a step reads the copy in place of the original: all chunks but the first, which does not wait for it.
 */
export const readsCopy = (input: {
  plan: Plan | null;
  step: { kind: PlannedStepKind | "probe"; ordinal: number };
  results: readonly StepResult[];
}): boolean => {
  const { plan, step, results } = input;
  const isChunk = (step.kind === "preview" || step.kind === "encode") && step.ordinal > 0;
  return isChunk && plan?.copy !== undefined && copyOf(results) === true;
};

/**
 * What is left of a chunk when nobody can begin in the middle of this file: the second chunk takes everything behind the
 * first, in one reading from the file's start, and the others nothing (null). All chunks must be asked alike.
 */
export const unreachableChunk = (chunk: Chunk): Chunk | null => {
  if (chunk.ordinal === 0) return chunk;
  return chunk.ordinal === 1 ? { ...chunk, segmentCount: null } : null;
};
