import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runPrefix } from "#lib/storage/keys.ts";
import type { StepContext, StepHandler, StepKind, StepOutcome } from "#worker/steps/step.ts";

/** A plan with one encode, one audio track and an optional poster, as far as the life cycle looks into it. */
export const fakePlan = {
  steps: [
    { kind: "encode", ordinal: 0, required: true, weight: 8 },
    { kind: "audio", ordinal: 0, required: true, weight: 1 },
    { kind: "poster", ordinal: 0, required: false, weight: 1 },
    { kind: "finish", ordinal: 0, required: true, weight: 0.5 },
  ],
};

/** A finish's result with one rendition. */
export const fakeFinishResult = (run: { id: string; videoId: string }) => ({
  durationMs: 2000,
  width: 320,
  height: 180,
  frameRate: 25,
  posterKey: null,
  dominantColor: "#102030",
  renditions: [
    {
      kind: "video",
      name: "180p",
      width: 320,
      height: 180,
      frameRate: "25/1",
      bandwidth: 1000,
      averageBandwidth: 900,
      codecs: "avc1.64000c",
      language: null,
      segmentCount: 1,
      sizeBytes: 10,
    },
  ],
  assets: [
    {
      kind: "rendition",
      key: `${runPrefix({ videoId: run.videoId, runId: run.id })}180p/`,
      sizeBytes: 10,
      contentType: "video/mp4",
    },
  ],
});

const fakeFile = async ({ run, step, scratchDir }: StepContext): Promise<StepOutcome["files"]> => {
  const path = join(scratchDir, `${step.kind}.bin`);
  await writeFile(path, `${step.kind} of ${run.id}`);
  return [{ path, key: `${runPrefix({ videoId: run.videoId, runId: run.id })}180p/${step.kind}.m4s` }];
};

/** Handlers that make one tiny file each and a run that publishes; `overrides` take the place of some. */
export const fakeHandlers = (
  overrides: Partial<Record<StepKind, StepHandler>> = {},
): Record<StepKind, StepHandler> => ({
  probe: async () => ({ result: { plan: fakePlan }, files: [] }),
  copy: async () => ({ result: { copied: false }, files: [] }),
  preview: async (context) => ({ result: { parts: [], poster: null }, files: await fakeFile(context) }),
  package: async (context) => ({ result: { parts: [], poster: null }, files: await fakeFile(context) }),
  stills: async (context) => ({ result: { made: "stills" }, files: await fakeFile(context) }),
  text: async (context) => ({ result: { made: "text" }, files: await fakeFile(context) }),
  encode: async (context) => ({ result: { parts: [], poster: null }, files: await fakeFile(context) }),
  audio: async (context) => ({ result: { parts: [], poster: null }, files: await fakeFile(context) }),
  poster: async (context) => ({ result: { made: "poster" }, files: await fakeFile(context) }),
  finish: async (context) => ({ result: fakeFinishResult(context.run), files: await fakeFile(context) }),
  ...overrides,
});

/** Stands for the media tools in tests whose handlers start no process. */
export const noTool = async (): Promise<never> => {
  throw new Error("this test starts no process");
};
