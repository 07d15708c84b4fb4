import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";
import { sourceOfName } from "#lib/analytics/sources.ts";
import { startupPercentile } from "#lib/analytics/startup-histogram.ts";
import { browsers, devices } from "#lib/analytics/user-agent.ts";
import type { QualitySums, WatchNumbers, WatchPart } from "#lib/db/queries/analytics/read.ts";

const partsIn = (parts: readonly WatchPart[], dimension: WatchPart["dimension"]) =>
  parts.filter((part) => part.dimension === dimension);

const named = <Name extends string>(names: readonly Name[], value: string): Name | null =>
  names.find((name) => name === value) ?? null;

/** Where plays came from, and on what they ran; most first. */
export const divided = (parts: readonly WatchPart[]): Pick<VideoAnalyticsDto, "sources" | "devices" | "browsers"> => ({
  sources: partsIn(parts, "source").map(({ value, plays, ms }) => ({ ...sourceOfName(value), plays, watchMs: ms })),
  devices: partsIn(parts, "device").map(({ value, plays, ms }) => ({
    ...{ device: named(devices, value) ?? "other", plays, watchMs: ms },
  })),
  browsers: partsIn(parts, "browser").map(({ value, plays, ms }) => ({
    ...{ browser: named(browsers, value) ?? "other", plays, watchMs: ms },
  })),
});

/** Waited time over waited and played time; 0 where nothing was. */
export const stallRatio = ({ stallMs, watchMs }: { stallMs: number; watchMs: number }): number =>
  stallMs === 0 ? 0 : stallMs / (stallMs + watchMs);

/** How well playback went. */
export const qualityDto = (
  sums: QualitySums,
  { parts, watchMs }: { parts: readonly WatchPart[]; watchMs: number },
): VideoAnalyticsDto["quality"] => {
  const { startup, stalls, stallMs, stalledPlays, failedPlays } = sums;
  return {
    startup: {
      plays: startup.reduce((sum, count) => sum + count, 0),
      p50Ms: startupPercentile(startup, 0.5),
      p90Ms: startupPercentile(startup, 0.9),
      p99Ms: startupPercentile(startup, 0.99),
    },
    stalls: { count: stalls, ms: stallMs, plays: stalledPlays, ratio: stallRatio({ stallMs, watchMs }) },
    failedPlays,
    renditions: partsIn(parts, "rendition")
      .map(({ value, ms }) => ({ height: Number(value), ms }))
      .sort((one, other) => other.height - one.height),
    errors: partsIn(parts, "error").map(({ value, plays }) => ({ code: value, count: plays })),
  };
};

/** The sum of days. */
export const totalOf = (days: readonly WatchNumbers[]): WatchNumbers => {
  const total = { views: 0, plays: 0, viewers: 0, watchMs: 0 };
  for (const { views, plays, viewers, watchMs } of days) {
    total.views += views;
    total.plays += plays;
    total.viewers += viewers;
    total.watchMs += watchMs;
  }
  return total;
};
