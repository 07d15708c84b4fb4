import { type Chunk, chunkSeconds } from "#lib/media/plan/grid.ts";
import type { Rung } from "#lib/media/plan/ladder.ts";
import type { AudioPlan, Plan, PlannedStep, PlannedStepKind } from "#lib/media/plan/plan.ts";
import { toNumber } from "#lib/media/rational.ts";

/** Processor seconds per million pixels and per second of sound, measured on the design's machine (x264 veryfast). */
const cost = {
  encodedMegapixel: 0.0115,
  decodedMegapixel: 0.002,
  encodedSound: 0.02,
  copiedSound: 0.002,
  copiedPicture: 0.004,
} as const;

type StepsInput = Pick<
  Plan,
  | "copy"
  | "picture"
  | "grid"
  | "rungs"
  | "previewRung"
  | "chunks"
  | "previewChunks"
  | "audio"
  | "poster"
  | "source"
  | "text"
> & { durationSeconds: number };

const step = (kind: PlannedStepKind, ordinal: number, weight: number, required = true): PlannedStep => ({
  ...{ kind, ordinal, required },
  weight: Math.max(0.1, Math.round(weight * 10) / 10),
});

const pixelsOf = ({ width, height }: { width: number; height: number }) => (width * height) / 1_000_000;

const chunkSteps = (
  input: StepsInput,
  kind: "preview" | "encode",
  rungs: readonly Rung[],
  chunks: readonly Chunk[],
) => {
  const { grid, picture, durationSeconds } = input;
  const encoded = rungs.reduce((sum, rung) => sum + pixelsOf(rung), 0) * cost.encodedMegapixel;
  const perSecond = (encoded + pixelsOf(picture) * cost.decodedMegapixel) * toNumber(grid.frameRate);
  return chunks.map((chunk) => step(kind, chunk.ordinal, perSecond * chunkSeconds({ grid, chunk, durationSeconds })));
};

const audioSteps = (tracks: readonly AudioPlan[], seconds: number) =>
  tracks
    .filter(({ mode }) => mode !== "package")
    .map(({ ordinal, mode }) =>
      step("audio", ordinal, seconds * (mode === "copy" ? cost.copiedSound : cost.encodedSound)),
    );

/** What is packaged and stays is stored whole; a source that only serves until encoded rungs are there is not. */
const packageSteps = ({ source, audio, durationSeconds }: StepsInput): PlannedStep[] => {
  if (source === null || !(source.keep || audio.some(({ mode }) => mode === "package"))) return [];
  return [step("package", 0, durationSeconds * 0.005)];
};

/** The jobs of a run; weights are estimated processor seconds. */
export const stepsOf = (input: StepsInput): PlannedStep[] => {
  const { rungs, previewRung, chunks, previewChunks, audio, poster, durationSeconds } = input;
  const first = rungs.filter(({ name }) => name === previewRung);
  const others = rungs.filter(({ name }) => name !== previewRung);
  return [
    ...(input.copy === undefined ? [] : [step("copy", 0, durationSeconds * cost.copiedPicture)]),
    ...chunkSteps(input, "preview", first, previewChunks),
    ...audioSteps(audio, durationSeconds),
    ...chunkSteps(input, "encode", others, chunks),
    ...packageSteps(input),
    ...(poster === null ? [] : [step("poster", 0, 0.5, false)]),
    // A few hundred small key frames at most, whatever the length.
    ...(input.picture.origin === "stream" ? [step("stills", 0, 0.5, false)] : []),
    // Reads the whole file once when there are text tracks.
    ...(input.text === undefined ? [] : [step("text", 0, durationSeconds * 0.001, false)]),
    step("finish", 0, 0.2),
  ];
};
