import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import { runs } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import type { ProbeResult } from "#lib/media/playlists/rendition-parts.ts";
import { stopPackagingOnRequest } from "#lib/playback/package-on-request.ts";
import { followUp } from "#lib/processing/follow-up.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey, runPrefix, segmentName } from "#lib/storage/keys.ts";
import { livePlan } from "#tests/factories/live-plan.ts";
import { makeRun, makeVideo } from "#tests/factories/rows.ts";
import { runOneStep } from "#tests/media/run-step.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { probeStep } from "#worker/steps/probe.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let folder: string;
let clip: string;
let plan: Plan;

beforeAll(async () => {
  site = await serveRoutes([{ path: /^\/media\//, module: mediaRoute }]);
  folder = await mkdtemp(join(tmpdir(), "kinora-package-"));
  clip = join(folder, "clip.mp4");
  const picture = lavfi("testsrc2=size=640x360:rate=25:duration=13");
  const encoders = ["-c:v", "libx264", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", clip];
  await runTool("ffmpeg", [...picture, ...lavfi("sine=frequency=440:duration=13"), ...encoders]);
  const probed = await runOneStep({
    ...{ handler: probeStep, kind: "probe", plan: livePlan("none"), sourcePath: clip, folder },
  });
  ({ plan } = probed.outcome.result as ProbeResult);
}, 60_000);
afterAll(async () => {
  await site.stop();
  await stopPackagingOnRequest();
  await rm(folder, { recursive: true });
});

/** A run of the clip whose probe has just ended. */
const planned = async () => {
  const video = await makeVideo({ visibility: "unlisted", status: "processing" });
  const sourceKey = originalKey({ videoId: video.id, uploadId: newId() });
  await objectStore().adopt({ key: sourceKey, path: clip, local: "keep" });
  const row = await makeRun({ videoId: video.id, sourceKey });
  await transaction(async (tx) => {
    const run = await lockRunningRun(tx, row.id);
    if (run !== null) await followUp(tx, { run, kind: "probe", result: { plan } });
  });
  return { runId: row.id, prefix: runPrefix({ videoId: video.id, runId: row.id }) };
};

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(new URL(`/media/${path}`, site.url), { method, headers });
const bytes = async (path: string) => {
  const response = await get(path);
  expect(response.status, path).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};
const stored = (key: string) =>
  waitFor({ what: `${key} to be stored`, until: async () => (await objectStore().head(key)) !== null });
const frames = async (path: string) =>
  (await runTool("ffmpeg", ["-i", path, "-map", "0:v:0", "-f", "framehash", "-"]))
    .toString()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(",").at(-1)?.trim());

describe("segments of the source, made when they are asked for", () => {
  it("hold exactly the source's frames, and are stored under their names", async () => {
    const { prefix } = await planned();
    const count = plan.source?.video.starts.length ?? 0;
    expect(count).toBeGreaterThan(2);
    const names = ["init.mp4", ...Array.from({ length: count }, (_, index) => segmentName(index))];
    const parts = await Promise.all(names.map((name) => bytes(`${prefix}source/${name}`)));
    const whole = join(folder, "whole.mp4");
    await writeFile(whole, Buffer.concat(parts));
    expect(await frames(whole)).toEqual(await frames(clip));
    for (const [index, name] of names.entries()) {
      await stored(`${prefix}source/${name}`);
      expect(Buffer.compare(await bytes(`${prefix}source/${name}`), parts[index] ?? Buffer.of())).toBe(0);
    }
    const declared = plan.source?.video.sizeBytes;
    expect(parts.reduce((sum, part) => sum + part.byteLength, 0)).toBe(declared);
  });

  it("answer ranges and HEAD before they are stored", async () => {
    const { prefix } = await planned();
    const path = `${prefix}audio-0/${segmentName(1)}`;
    const head = await get(path, {}, "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const part = await get(path, { Range: "bytes=4-7" });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe("styp");
    const beyond = await get(path, { Range: "bytes=99999999-" });
    expect(beyond.status).toBe(416);
    expect(part.headers.get("content-type")).toBe("video/iso.segment");
  });

  it("are asked for once however many want them", async () => {
    const { prefix } = await planned();
    const answers = await Promise.all(Array.from({ length: 20 }, () => bytes(`${prefix}source/${segmentName(2)}`)));
    expect(new Set(answers.map((answer) => answer.toString("base64"))).size).toBe(1);
  });

  it("are not there beyond the plan, for encoded rungs, or when their run has ended", async () => {
    const { prefix, runId } = await planned();
    const count = plan.source?.video.starts.length ?? 0;
    for (const name of [
      `source/${segmentName(count)}`,
      "source/99999.m4s",
      "360p/init.mp4",
      `360p/${segmentName(0)}`,
    ]) {
      expect((await get(`${prefix}${name}`)).status, name).toBe(404);
    }
    await db().update(runs).set({ state: "cancelled", endedAt: new Date() }).where(eq(runs.id, runId));
    await waitFor({
      what: "the end",
      until: async () => (await get(`${prefix}source/${segmentName(0)}`)).status === 404,
    });
    expect(await objectStore().head(`${prefix}source/${segmentName(0)}`)).toBeNull();
  });

  it("say plainly when the original is gone", async () => {
    const video = await makeVideo({ visibility: "unlisted", status: "processing" });
    const row = await makeRun({ videoId: video.id, plan });
    expect((await get(`${runPrefix({ videoId: video.id, runId: row.id })}source/${segmentName(0)}`)).status).toBe(404);
    expect(await readFile(clip)).toBeInstanceOf(Buffer);
  });
});
