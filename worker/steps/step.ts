import type { Plan, PlannedStepKind } from "#lib/media/plan/plan.ts";
import type { Wishes } from "#lib/media/plan/wishes.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import type { RunFfmpeg, RunFfprobe } from "#worker/ffmpeg.ts";

/** What a step may use while it runs. Everything it writes goes to `scratchDir`, which no other attempt shares. */
export type StepContext = {
  run: { id: string; videoId: string; plan: Plan | null };
  step: { id: string; kind: StepKind; ordinal: number };
  /** The video's title, for drawn covers and tags; never put into a process's arguments. */
  title: string;
  /** Local, read-only path of the original. */
  sourcePath: string;
  scratchDir: string;
  /** Results of this run's finished steps. */
  results: readonly { kind: StepKind; ordinal: number; result: unknown }[];
  ffmpeg: RunFfmpeg;
  ffprobe: RunFfprobe;
  /** Tells how far the step is: `fraction` from 0 to 1, `speed` in media seconds per second. Cheap; call it often. */
  report: (progress: { fraction: number; speed: number | null }) => void;
  /**
   * Publishes finished segments while the step goes on: puts the files under their final names (equal names hold equal
   * bytes, so a later attempt may publish them again) and lists the stretch for EVENT playlists. Stretches of one
   * rendition must follow one another. Throws when the step was taken from this attempt.
   */
  publish: (stretch: { part: RenditionPart; files: readonly { path: string; key: string }[] }) => Promise<void>;
  /** What of this run is published so far, in order; what an earlier attempt published need not be made again. */
  published: (rendition: string) => Promise<readonly RenditionPart[]>;
  /** Bytes of an object that this run stored, all of them or those before `endExclusive`. Throws `not_found`. */
  readStored: (input: { key: string; endExclusive?: number }) => Promise<Uint8Array>;
  /** What was wished for when the run was started. */
  wishes: Wishes;
  signal: AbortSignal;
};

/** The kinds of work a plan names. */
export type StepKind = PlannedStepKind | "probe";

/** What a finished attempt hands over: a JSON result for later steps, and files for the object store. */
export type StepOutcome = { result: unknown; files: readonly { path: string; key: string }[] };

/**
 * One kind of work. Throws `MediaFailure` (lib/media/failures.ts) for faults of the file, which no retry mends, and
 * anything else for faults of the machine, which are retried.
 */
export type StepHandler = (context: StepContext) => Promise<StepOutcome>;
