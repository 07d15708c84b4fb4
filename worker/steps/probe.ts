import { stat } from "node:fs/promises";
import { log } from "#lib/log.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { makePlan } from "#lib/media/plan/make-plan.ts";
import { defaultPlanSettings, type PlanSettings } from "#lib/media/plan/plan.ts";
import type { ProbeResult } from "#lib/media/playlists/rendition-parts.ts";
import { assertProcessable, type Probe, parseProbe } from "#lib/media/probe/probe.ts";
import { measureCommand, toneMapCheckCommand } from "#lib/media/probe/probe-command.ts";
import { declaresEncryption, declaresProtection } from "#lib/media/probe/protected-tracks.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";
import { prepareSourceRung, readSourceRung } from "#lib/packaging/index.ts";
import { limitSettings } from "#worker/process-limits.ts";
import { canBeginInside } from "./read-avi-index.ts";
import { readBeginning, readMoov } from "./read-moov.ts";
import type { StepContext, StepHandler } from "./step.ts";

/** Reads the file from end to end without decoding: for raw streams and recordings that do not tell their length. */
const measuredDuration = async (context: StepContext, probe: Probe): Promise<number | null> => {
  const streams = probe.video === null ? probe.audio.slice(0, 1) : [probe.video];
  const command = measureCommand({
    sourcePath: context.sourcePath,
    streamIndexes: streams.map((stream) => stream.index),
  });
  const { progress } = await context.ffmpeg({
    ...{ command, scratchDir: context.scratchDir, durationSeconds: probe.durationSeconds, signal: context.signal },
  });
  return progress?.outSeconds ?? null;
};

const withMeasuredDuration = async (context: StepContext, probe: Probe): Promise<Probe> => {
  if (!probe.durationUncertain) return probe;
  const measured = await measuredDuration(context, probe);
  return measured === null || measured <= 0 ? probe : { ...probe, durationSeconds: measured };
};

/** High dynamic range needs filters that some builds of ffmpeg lack; asked only when a file has it. */
const canToneMap = async (context: StepContext, probe: Probe): Promise<boolean> => {
  if (probe.video === null || probe.video.transfer === "sdr") return false;
  const { scratchDir, signal } = context;
  try {
    await context.ffmpeg({ command: toneMapCheckCommand(), scratchDir, durationSeconds: 1, signal });
    return true;
  } catch (error) {
    if (error instanceof MediaFailure) return false;
    throw error;
  }
};

const isProtected = async (sourcePath: string, probe: Probe): Promise<boolean> => {
  if (/\bmatroska\b/.test(probe.container)) return declaresEncryption(await readBeginning(sourcePath));
  if (!/\bmov\b/.test(probe.container)) return false;
  const moov = await readMoov(sourcePath);
  return moov !== null && declaresProtection(moov);
};

/** The source as a rung, from the container's index alone; null when it needs an encoder or may not be shown. */
const findSource = async (input: {
  context: StepContext;
  probe: Probe;
  targetSeconds: number;
  prepared: ReturnType<typeof prepareSourceRung> | null;
}) => {
  const { context, probe, targetSeconds } = input;
  const { sourcePath, signal } = context;
  if (probe.video === null || input.prepared === null) return null;
  const { refused } = await input.prepared;
  const found =
    refused === null
      ? await readSourceRung({ source: { path: sourcePath }, probe, targetSeconds, signal })
      : { refused };
  if ("rung" in found) return found.rung;
  const fields = { "event.action": "source.refused", runId: context.run.id, reason: found.refused };
  log().info(fields, "the source needs an encoder to be watched");
  return null;
};

const assertWishes = ({ context, probe }: { context: StepContext; probe: Probe }): void => {
  if (context.wishes.audioOnly && probe.audio.length === 0) {
    throw new MediaFailure("no_streams", { detail: "only the sound is wanted, and there is none" });
  }
};

/** The probe step with settings of its own, for tests and measurements. */
export const probeWith =
  (base: PlanSettings): StepHandler =>
  async (context) => {
    const { sourcePath, signal, wishes } = context;
    const { size } = await stat(sourcePath);
    if (size === 0) throw new MediaFailure("empty_file");
    const mayShowSource = !wishes.audioOnly && wishes.watermark === null;
    const targetSeconds = base.targetSegmentSeconds;
    const prepared = mayShowSource ? prepareSourceRung({ source: { path: sourcePath }, targetSeconds, signal }) : null;
    const { json, refusedStreams } = await context.ffprobe({ path: sourcePath, signal });
    const found = parseProbe(json, refusedStreams);
    const limits = limitSettings().source;
    assertProcessable({ probe: found, limits, sizeBytes: size, soundOnly: wishes.audioOnly });
    assertWishes({ context, probe: found });
    if (await isProtected(sourcePath, found)) throw new MediaFailure("drm");
    const probe = await withMeasuredDuration(context, found);
    assertProcessable({ probe, limits, sizeBytes: size, soundOnly: wishes.audioOnly });
    const source: Omit<SourceRung, "keep"> | null = await findSource({ context, probe, targetSeconds, prepared });
    const settings: PlanSettings = { ...base, limits, toneMapping: await canToneMap(context, probe) };
    const enterable = await canBeginInside(sourcePath);
    const result: ProbeResult = { plan: makePlan({ probe, settings, wishes, source, enterable }) };
    return { result, files: [] };
  };

/** Finds out what the file is and decides all that follows. Refuses what cannot be processed, with a code. */
export const probeStep: StepHandler = probeWith(defaultPlanSettings);
