import { describe, expect, test } from "vitest";
import { joinParts, withoutEmptyTail } from "#lib/media/fragment/join-parts.ts";
import { plannedTargetSeconds } from "#lib/media/plan/planned-target.ts";
import { measureBandwidth, targetDuration } from "./measurements.ts";
import { mediaPlaylist, multivariantPlaylist } from "./playlists.ts";
import type { RenditionPart } from "./rendition-parts.ts";

test("a media playlist, to the letter", () => {
  const segments = [
    { uri: "00000.m4s", seconds: 4.004 },
    { uri: "00001.m4s", seconds: 1.5 },
  ];
  expect(mediaPlaylist({ targetSeconds: 4, initUri: "init.mp4", segments })).toBe(
    `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="init.mp4"
#EXTINF:4.004000,
00000.m4s
#EXTINF:1.500000,
00001.m4s
#EXT-X-ENDLIST
`,
  );
});

test("names of tracks differ even where a title looks like the number of another", () => {
  const track = (name: string) => ({
    ...{ uri: "audio-0/index.m3u8", name, language: null, isDefault: false, channels: 2, codecs: "mp4a.40.2" },
    bandwidth: { peak: 100, average: 90 },
  });
  const text = multivariantPlaylist({ variants: [], audio: ["Dub", "Dub", "Dub 2", 'a"', "a "].map(track) });
  const names = [...text.matchAll(/NAME="([^"]*)"/g)].map(([, name]) => name);
  expect(names).toEqual(["Dub", "Dub 2", "Dub 2 2", "a ", "a  2"]);
});

test("no segment of sound is longer than the target, where the picture begins late on the source's own cuts", () => {
  const grid = { kind: "source" as const, frameRate: { num: 25, den: 1 }, timescale: 1000, starts: [450, 10_800] };
  expect(plannedTargetSeconds({ grid: { ...grid, endTicks: 15_000 }, source: null })).toBe(11);
  expect(plannedTargetSeconds({ grid: { ...grid, starts: [0, 4000], endTicks: 8000 }, source: null })).toBe(4);
});

test("a multivariant playlist begins with a middle variant, adds the sound's bits and tells tracks apart", () => {
  const variant = (height: number) => ({
    ...{ uri: `${height}p/index.m3u8`, width: (height * 16) / 9, height, framesPerSecond: 30_000 / 1001 },
    ...{ codecs: "avc1.64001f", bandwidth: { peak: height * 1000, average: height * 900 } },
  });
  const track = (language: string | null, isDefault: boolean) => ({
    ...{ uri: "audio-0/index.m3u8", name: "Dub", language, isDefault, channels: 2, codecs: "mp4a.40.2" },
    bandwidth: { peak: 100, average: 90 },
  });
  const text = multivariantPlaylist({
    variants: [variant(360), variant(720), variant(1080)],
    audio: [track("uk", true), track(null, false)],
  });
  expect(text).toBe(
    `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Dub",LANGUAGE="uk",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-0/index.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Dub 2",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="audio-0/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=720100,AVERAGE-BANDWIDTH=648090,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="audio"
720p/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=360100,AVERAGE-BANDWIDTH=324090,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=29.970,AUDIO="audio"
360p/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=1080100,AVERAGE-BANDWIDTH=972090,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1920x1080,FRAME-RATE=29.970,AUDIO="audio"
1080p/index.m3u8
`,
  );
});

describe("measured bandwidth", () => {
  test("is the peak over stretches of about a target duration, so that a last sliver does not count", () => {
    const segments = [
      { sizeBytes: 1_000, seconds: 4 },
      { sizeBytes: 2_000, seconds: 4 },
      { sizeBytes: 900, seconds: 0.1 },
    ];
    expect(measureBandwidth({ segments, targetSeconds: 4 })).toEqual({ peak: 5_659, average: 3_852 });
  });

  test("of a single short segment is its own", () => {
    expect(measureBandwidth({ segments: [{ sizeBytes: 100, seconds: 1 }], targetSeconds: 4 }).peak).toBe(800);
  });

  test("one target duration covers all renditions", () => {
    expect(targetDuration([[{ sizeBytes: 1, seconds: 4.004 }], [{ sizeBytes: 1, seconds: 4.6 }]])).toBe(5);
  });
});

describe("joining chunks", () => {
  const part = (firstSegment: number, start: number, changes: Partial<RenditionPart> = {}): RenditionPart => ({
    ...{
      rendition: "360p",
      initHash: "a",
      initBytes: 10,
      codecs: "avc1.64001e",
      timescale: 1000,
      width: 640,
      height: 360,
    },
    ...{ firstSegment, segments: [{ start, duration: 4_000, sizeBytes: 50 }] },
    ...changes,
  });

  test("gives one rendition in order", () => {
    const whole = joinParts([part(1, 4_000), part(0, 0)]);
    expect(whole).toMatchObject({ endSeconds: 8, storedBytes: 110 });
    expect(whole.segments).toHaveLength(2);
  });

  test("refuses gaps, missing segments and differing settings", () => {
    expect(() => joinParts([part(0, 0), part(1, 5_000)])).toThrow("processing_failed");
    expect(() => joinParts([part(0, 0), part(2, 4_000)])).toThrow("processing_failed");
    expect(() => joinParts([part(0, 0), part(1, 4_000, { initHash: "b" })])).toThrow("processing_failed");
  });

  test("a nearly empty last audio segment is not listed", () => {
    const segments = [
      { start: 0, duration: 4_000, sizeBytes: 50 },
      { start: 4_000, duration: 21, sizeBytes: 5 },
    ];
    const audio = joinParts([part(0, 0, { segments })]);
    expect(withoutEmptyTail(audio)).toMatchObject({ endSeconds: 4, segments: [{ seconds: 4 }] });
  });
});

test("twelve hours with every rung and eight sound tracks have a target duration too", () => {
  // 14 renditions of 10 800 segments: more numbers than a call takes as arguments.
  const segments = Array.from({ length: 10_800 }, () => ({ seconds: 4.004, sizeBytes: 1 }));
  expect(targetDuration(Array.from({ length: 14 }, () => segments))).toBe(4);
});
