import { describe, expect, it } from "vitest";
import { sampleUpload, sampleVideo } from "./studio-fixtures.ts";
import { studioRows, withRowKeys } from "./studio-row.ts";

const noKeys = new Map<string, string>();

describe("studioRows", () => {
  it("shows a chosen file at once, above the server's videos", () => {
    const video = sampleVideo();
    const rows = studioRows({ videos: [video], uploads: [sampleUpload()], keys: noKeys });
    expect(rows.map(({ title, videoId }) => [title, videoId])).toEqual([
      ["clip", null],
      [video.title, video.id],
    ]);
  });

  it("makes one row of an upload and its video, and keeps its key before, during and after", () => {
    const video = sampleVideo({ status: "uploading" });
    const upload = sampleUpload({ videoId: video.id });
    const before = studioRows({ videos: [], uploads: [sampleUpload()], keys: noKeys });
    const during = studioRows({ videos: [video], uploads: [upload], keys: noKeys });
    const keys = withRowKeys(noKeys, [upload]);
    const after = studioRows({ videos: [video], uploads: [], keys });
    expect([before, during, after].map((rows) => rows.map(({ key }) => key))).toEqual([
      ["local-1"],
      ["local-1"],
      ["local-1"],
    ]);
  });

  it("takes title and visibility from the server once it knows the video, facts from the browser until then", () => {
    const still = { posterUrl: "blob:1", durationMs: 5_000, width: 1080, height: 1920 };
    const bare = { title: "Renamed", visibility: "public", durationMs: null, width: null, height: null } as const;
    const video = sampleVideo({ status: "uploading", ...bare });
    const [row] = studioRows({ videos: [video], uploads: [sampleUpload({ videoId: video.id, still })], keys: noKeys });
    expect(row).toMatchObject({
      title: "Renamed",
      visibility: "public",
      posterUrl: "blob:1",
      durationMs: 5_000,
      width: 1080,
      height: 1920,
    });
  });

  it("shows no second row for an upload that was sent and whose video is not listed", () => {
    expect(studioRows({ videos: [], uploads: [sampleUpload({ phase: "sent" })], keys: noKeys })).toEqual([]);
  });
});
