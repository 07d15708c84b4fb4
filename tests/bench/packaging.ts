import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseProbe } from "#lib/media/probe/probe.ts";
import { answerRung, answerSegment } from "#lib/packaging/answer-request.ts";
import type { BenchRow } from "#tests/bench/uploads.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

const barMs = 30;
const rungBarMs = 300;
const rounds = 5;

/** Processor milliseconds of this process while `work` runs; the reader works in it, not in its thread. */
const cpuMs = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const probeOf = async (path: string) =>
  parseProbe(JSON.parse((await runTool("ffprobe", ["-of", "json", "-show_format", "-show_streams", path])).toString()));

/** 40 s of 1080p at about 8 Mbit/s, and the same pictures again and again up to two hours at a small size. */
const makeClips = async (folder: string) => {
  const [heavy, minute, long] = ["heavy.mp4", "minute.mp4", "long.mp4"].map((name) => join(folder, name));
  if (heavy === undefined || minute === undefined || long === undefined) throw new Error("three clips");
  const noise = lavfi("testsrc2=s=1920x1080:r=25:d=40,noise=alls=8:allf=t");
  const avc = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2"];
  const rate = ["-b:v", "8M", "-minrate", "8M", "-maxrate", "8M", "-bufsize", "8M", "-g", "100"];
  await runTool("ffmpeg", [...noise, ...lavfi("sine=440:d=40:r=48000"), ...avc, ...rate, "-c:a", "aac", heavy]);
  await runTool("ffmpeg", [...lavfi("testsrc2=s=64x36:r=30:d=60"), ...avc, "-g", "60", minute]);
  const sound = lavfi("sine=440:d=7200:r=48000");
  const looped = ["-stream_loop", "119", "-i", minute, ...sound, "-map", "0:v", "-map", "1:a", "-c:v", "copy"];
  await runTool("ffmpeg", [...looped, "-c:a", "aac", "-b:a", "48k", "-shortest", long]);
  return { heavy, long };
};

/** Reads the bytes of a segment and copies them once: what packaging cannot be cheaper than. */
const plainCopy = async (path: string, bytes: number) => {
  const file = await open(path, "r");
  try {
    const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return Uint8Array.from(buffer.subarray(0, 16));
  } finally {
    await file.close();
  }
};

const measureSegments = async (path: string): Promise<BenchRow> => {
  const source = { path };
  const answer = await answerRung({ what: "rung", source, probe: await probeOf(path), targetSeconds: 4 });
  if ("refused" in answer) throw new Error(answer.refused);
  const { rung } = answer;
  const one = (rendition: string, index: number) => answerSegment({ what: "segment", source, rung, rendition, index });
  const costs: number[] = [];
  const copies: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const index of rung.video.starts.keys()) {
      let bytes = 0;
      const work = async () => {
        for (const track of [rung.video, ...rung.audio]) bytes += (await one(track.rendition, index)).byteLength;
      };
      costs.push(await cpuMs(work));
      copies.push(await cpuMs(() => plainCopy(path, bytes)));
    }
  }
  const ms = median(costs);
  const mbit = ((rung.video.sizeBytes * 8) / 1e6 / (rung.video.endTicks / rung.video.timescale)).toFixed(1);
  return {
    what: `processor time of a packaged 4 s segment with its sound (${mbit} Mbit/s, H.264 MP4)`,
    value: `${ms.toFixed(1)} ms (a plain copy of its bytes: ${median(copies).toFixed(1)} ms)`,
    bar: `at most ${barMs} ms`,
    ok: ms <= barMs,
  };
};

const measureRung = async (path: string): Promise<BenchRow> => {
  const probe = await probeOf(path);
  const costs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    costs.push(await cpuMs(() => answerRung({ what: "rung", source: { path }, probe, targetSeconds: 4 })));
  }
  const ms = costs[0] ?? Number.NaN;
  return {
    what: "processor time of reading two hours of H.264 MP4 as a rung",
    value: `${ms.toFixed(0)} ms the first time, ${median(costs).toFixed(0)} ms warm`,
    bar: `at most ${rungBarMs} ms`,
    ok: ms <= rungBarMs,
  };
};

export const name = "packaging";

/** Measures packaging on request beside a plain copy of the same bytes, and the reading of a long film's index. */
export const run = async (): Promise<{ rows: BenchRow[] }> => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-bench-packaging-"));
  try {
    const { heavy, long } = await makeClips(folder);
    return { rows: [await measureSegments(heavy), await measureRung(long)] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
