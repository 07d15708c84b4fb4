import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type BenchSite, withBenchSite } from "#tests/bench/bench-site.ts";
import { type ClipKind, clipKinds, makeLong, makeMinute } from "#tests/bench/long-clips.ts";
import { getVideo, sendFile, untilVideo } from "#tests/bench/site-video.ts";

const minutes = 6;
const size = "854x480";
const bar = 0.25;
const everyMs = 1_000;
/** The first fifth of a run is for finding the pace; its last tenth is told to the second at best. */
const [from, to] = [0.2, 0.9];

/** What the page said at one moment, both in seconds since the last byte. */
type Told = { at: number; remaining: number | null };

const watch = async (site: BenchSite, videoId: string): Promise<{ told: Told[]; took: number }> => {
  const started = performance.now();
  const told: Told[] = [];
  for (;;) {
    const { status, failure, progress } = await getVideo(site, videoId);
    const at = (performance.now() - started) / 1000;
    if (status === "failed") throw new Error(`failed: ${failure?.code}`);
    if (status === "ready") return { told, took: at };
    told.push({ at, remaining: progress?.etaSeconds ?? null });
    await delay(everyMs);
  }
};

/** How far each estimate after the first fifth was from what then happened, as a share of it. */
const errorsOf = ({ told, took }: Awaited<ReturnType<typeof watch>>): number[] =>
  told
    .filter(({ at }) => at >= took * from && at <= took * to)
    .map(({ at, remaining }) => (remaining === null ? 1 : Math.abs(remaining - (took - at)) / (took - at)));

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const measure = async (input: { site: BenchSite; folder: string; kind: ClipKind }) => {
  const { site, folder, kind } = input;
  const minute = await makeMinute({ kind, folder, size });
  const file = await makeLong({ kind, minute, minutes, folder });
  const { videoId, last } = await sendFile(site, file);
  await last();
  const run = await watch(site, videoId);
  await untilVideo({ site, videoId, holds: ({ status }) => status === "ready" });
  const errors = errorsOf(run);
  const within = errors.filter((error) => error <= bar).length / errors.length;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return {
    what: `error of the remaining time after the first fifth (${kind.name}, ${minutes} min of ${size}, ${run.took.toFixed(0)} s)`,
    value: `median ${percent(median(errors))}, worst ${percent(Math.max(...errors))}, ${percent(within)} of ${errors.length} within the bar`,
    bar: `median under ${percent(bar)}, nine of ten within it`,
    ok: median(errors) <= bar && within >= 0.9,
  };
};

/** The remaining time that the page tells against what then happened, with an encoder's source and with a kept one. */
export const run = async () => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-estimates-"));
  try {
    return await withBenchSite(async (site) => {
      const rows = [];
      // The first run of an instance teaches it what steps cost.
      for (const kind of [clipKinds.aspMkv, clipKinds.aspMkv, clipKinds.h264])
        rows.push(await measure({ site, folder, kind }));
      return { rows: rows.slice(1) };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Name of this benchmark, as the runner lists it. */
export const name = "estimates";
