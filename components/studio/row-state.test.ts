import { describe, expect, it } from "vitest";
import type { VideoDto } from "#lib/videos/dto.ts";
import { isInProgress, rowState } from "./row-state.ts";
import { sampleUpload, sampleVideo } from "./studio-fixtures.ts";

const progress: NonNullable<VideoDto["progress"]> = {
  ...{ stage: "encoding", percent: 41, etaSeconds: 240, speed: 2.6, queuePosition: null },
  steps: [],
};
const uploading = sampleVideo({
  status: "uploading",
  playable: false,
  upload: { id: "0192f000-0000-7000-8000-0000000000a1", offsetBytes: 430, sizeBytes: 1_000 },
});

describe("rowState", () => {
  it("believes this page about bytes while they travel, also against an older word of the server", () => {
    const speed = { samples: [], bytesPerSecond: 50 };
    expect(rowState({ video: uploading, upload: sampleUpload({ sentBytes: 800, speed }), moving: true })).toEqual({
      kind: "uploading",
      percent: 80,
      bytesPerSecond: 50,
      secondsLeft: 4,
      playable: false,
    });
  });

  it("says what stands still and why", () => {
    const upload = sampleUpload({ phase: "stopped", problem: "no_space" });
    expect(rowState({ video: uploading, upload, moving: false })).toEqual({
      kind: "uploadProblem",
      problem: "no_space",
      percent: 25,
    });
    expect(rowState({ video: uploading, upload: sampleUpload({ phase: "paused" }), moving: false })).toEqual({
      kind: "paused",
      percent: 25,
    });
  });

  it("tells an upload of an earlier tab from one that another tab carries", () => {
    expect(rowState({ video: uploading, upload: null, moving: false })).toEqual({ kind: "unfinished", percent: 43 });
    expect(rowState({ video: uploading, upload: null, moving: true })).toEqual({ kind: "elsewhere", percent: 43 });
  });

  it("shows a queue place, then the stage with percent, speed and remaining time", () => {
    const waiting = sampleVideo({
      status: "processing",
      playable: false,
      progress: { ...progress, stage: "waiting", percent: 0, queuePosition: 2 },
    });
    expect(rowState({ video: waiting, upload: null, moving: false })).toEqual({
      kind: "waiting",
      position: 2,
      secondsLeft: 240,
    });
    const encoding = sampleVideo({ status: "processing", playable: true, progress });
    expect(rowState({ video: encoding, upload: sampleUpload({ phase: "sent" }), moving: false })).toEqual({
      kind: "processing",
      stage: "encoding",
      percent: 41,
      speed: 2.6,
      secondsLeft: 240,
      playable: true,
    });
  });

  it("counts qualities by name, without sound and without the same one in two codecs", () => {
    const rendition = { width: 640, height: 360, bandwidth: 1, codecs: "avc1", availableMs: null };
    const renditions = [
      { ...rendition, name: "360p" },
      { ...rendition, name: "360p", codecs: "av01" },
      { ...rendition, name: "720p" },
      { name: "audio-0", width: 0, height: 0, bandwidth: 1, codecs: "mp4a", availableMs: null },
    ];
    expect(rowState({ video: sampleVideo({ renditions }), upload: null, moving: false })).toEqual({
      kind: "ready",
      qualities: 2,
      improving: null,
    });
  });

  it("keeps a ready video ready while a later run goes on beside it", () => {
    const state = rowState({ video: sampleVideo({ progress }), upload: null, moving: false });
    expect(state).toMatchObject({ kind: "ready", improving: { percent: 41, speed: 2.6, secondsLeft: 240 } });
    expect(isInProgress(state)).toBe(false);
  });
});
