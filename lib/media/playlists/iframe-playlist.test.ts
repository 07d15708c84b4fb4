import * as HLS from "hls-parser";
import { expect, test } from "vitest";
import { iframePlaylist, iframeStreamLine, keyFramesOf } from "#lib/media/playlists/iframe-playlist.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";

const part = (firstSegment: number, keyFrameBytes: readonly (number | undefined)[]): RenditionPart => ({
  ...{ rendition: "360p", initHash: "x", initBytes: 700, codecs: "avc1.64001e", timescale: 12_800 },
  ...{ width: 640, height: 360, firstSegment },
  segments: keyFrameBytes.map((bytes, index) => ({
    ...{ start: (firstSegment + index) * 51_200, duration: 51_200, sizeBytes: 200_000 },
    ...(bytes === undefined ? {} : { keyFrameBytes: bytes }),
  })),
});

test("key frames follow the segments, whatever the order of the chunks", () => {
  expect(keyFramesOf([part(2, [300]), part(0, [100, 200])])).toEqual([
    { sizeBytes: 100, seconds: 4 },
    { sizeBytes: 200, seconds: 4 },
    { sizeBytes: 300, seconds: 4 },
  ]);
});

test("one that was not measured leaves the rendition without a list", () => {
  expect(keyFramesOf([part(0, [100, undefined])])).toBeNull();
  expect(keyFramesOf([])).toBeNull();
});

test("a strict parser reads the ranges", () => {
  const frames = [
    { sizeBytes: 12_345, seconds: 4 },
    { sizeBytes: 23_456, seconds: 1.5 },
  ];
  const text = iframePlaylist({ targetSeconds: 4, initUri: "init.mp4", frames, segmentUri: (index) => `${index}.m4s` });
  HLS.setOptions({ strictMode: true });
  const parsed = HLS.parse(text);
  if (parsed.isMasterPlaylist) throw new Error("not a media playlist");
  expect(parsed.isIFrame).toBe(true);
  expect(parsed.segments.map(({ uri, byterange, duration }) => [uri, byterange, duration])).toEqual([
    ["0.m4s", { length: 12_345, offset: 0 }, 4],
    ["1.m4s", { length: 23_456, offset: 0 }, 1.5],
  ]);
});

test("the multivariant line tells the largest frame's rate", () => {
  const frames = [
    { sizeBytes: 10_000, seconds: 4 },
    { sizeBytes: 20_000, seconds: 4 },
    { sizeBytes: 9_000, seconds: 0.5 },
  ];
  expect(iframeStreamLine({ uri: "360p/iframes.m3u8", width: 640, height: 360, codecs: "avc1.64001e", frames })).toBe(
    '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=40000,AVERAGE-BANDWIDTH=36706,CODECS="avc1.64001e",RESOLUTION=640x360,URI="360p/iframes.m3u8"',
  );
});
