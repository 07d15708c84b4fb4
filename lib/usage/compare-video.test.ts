import { expect, test } from "vitest";
import { compareVideo, unlistedKey } from "#lib/usage/compare-video.ts";

const videoId = "11111111-1111-7111-8111-111111111111";
const runId = "22222222-2222-7222-8222-222222222222";
const now = new Date("2026-11-21T12:00:00Z");
const object = (key: string, sizeBytes: number, ageMinutes = 120) => ({
  ...{ key, sizeBytes, etag: key, modifiedAt: new Date(now.getTime() - ageMinutes * 60_000) },
});
const row = (key: string, sizeBytes: number, kind = "original", ofRun: string | null = null) => ({
  ...{ id: key, key, sizeBytes, kind, runId: ofRun },
});
const run = `runs/${videoId}/${runId}/`;
const poster = `runs/${videoId}/posters/p.jpg`;

const compare = (input: Partial<Parameters<typeof compareVideo>[0]>) =>
  compareVideo({ videoId, rows: [], objects: [], runningRunIds: [], now, ...input });

test("nothing differs when every object has its row", () => {
  const rows = [
    row("originals/v/u", 100),
    row(run, 7, "working", runId),
    row(`${run}180p/`, 50, "rendition", runId),
    row(poster, 12, "poster"),
    row(poster.replace(".jpg", "-w320.webp"), 2, "thumbnail"),
  ];
  const objects = [
    object("originals/v/u", 100),
    object(`${run}180p/00000.m4s`, 50),
    object(`${run}poster.clean`, 7),
    object(poster, 8),
    object(poster.replace(".jpg", ".clean"), 4),
    object(poster.replace(".jpg", "-w320.webp"), 2),
  ];
  expect(compare({ rows, objects })).toEqual({ sizes: [], runIds: [], unlistedBytes: 0 });
});

test("lost, grown and unnamed objects are told apart", () => {
  const rows = [row("originals/v/a", 100), row("originals/v/b", 5), row(unlistedKey(videoId), 999, "working")];
  const objects = [object("originals/v/b", 6), object("originals/v/c", 30), object("exports/v/e/young.mp3", 40, 5)];
  expect(compare({ rows, objects })).toEqual({
    sizes: [
      { id: "originals/v/a", key: "originals/v/a", before: 100, after: 0 },
      { id: "originals/v/b", key: "originals/v/b", before: 5, after: 6 },
    ],
    runIds: [],
    unlistedBytes: 30,
  });
});

test("an ended run that sums up wrong is measured, a running one is left alone", () => {
  const rows = [row(run, 0, "working", runId)];
  const objects = [object(`${run}180p/00000.m4s`, 50)];
  expect(compare({ rows, objects }).runIds).toEqual([runId]);
  expect(compare({ rows, objects, runningRunIds: [runId] })).toEqual({ sizes: [], runIds: [], unlistedBytes: 0 });
  expect(compare({ rows: [], objects }).unlistedBytes).toBe(50);
});
