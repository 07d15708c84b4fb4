import { describe, expect, test } from "vitest";
import { liveMediaPlaylist, liveMultivariant } from "#lib/media/playlists/live-playlists.ts";
import { completeRenditions, liveRendition } from "#lib/media/playlists/live-renditions.ts";
import { livePart, livePlan } from "#tests/factories/live-plan.ts";

const names = {
  playlist: (rendition: string) => `${rendition}/index.m3u8`,
  init: "init.mp4",
  segment: (index: number) => `${index}.m4s`,
};
const nothing = new Set<string>();

describe("a media playlist while its run goes on", () => {
  const run = {
    plan: livePlan("none"),
    parts: [livePart("360p", 3, 1), livePart("360p", 0, 2)],
    complete: nothing,
  };

  test("lists what follows from the start and nothing behind a gap", () => {
    expect(liveMediaPlaylist({ run, names, rendition: "360p" })).toBe(
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:EVENT
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-START:TIME-OFFSET=0
#EXT-X-MAP:URI="init.mp4"
#EXTINF:4.000000,
0.m4s
#EXTINF:4.000000,
1.m4s
`,
    );
    const filled = { ...run, parts: [...run.parts, livePart("360p", 2, 1)] };
    expect(liveMediaPlaylist({ run: filled, names, rendition: "360p" })).toContain("3.m4s");
    expect(liveRendition({ run: filled, rendition: "360p" }).availableMs).toBe(16_000);
  });

  test("ends when nothing will be added, without changing its type", () => {
    const text = liveMediaPlaylist({ run: { ...run, complete: new Set(["360p"]) }, names, rendition: "360p" });
    expect(text).toContain("PLAYLIST-TYPE:EVENT");
    expect(text).toContain("#EXT-X-ENDLIST");
  });

  test("is not there for what has not begun or is not planned", () => {
    for (const rendition of ["720p", "1080p", "source", "audio-1", "../x"]) {
      expect(liveMediaPlaylist({ run, names, rendition })).toBeNull();
    }
  });

  test("is whole from the start for the source's own tracks", () => {
    const source = { plan: livePlan("avc"), parts: [], complete: nothing };
    const text = liveMediaPlaylist({ run: source, names, rendition: "source" });
    expect(text).toContain("PLAYLIST-TYPE:VOD");
    expect(text?.match(/m4s/g)).toHaveLength(6);
    expect(text).toContain("#EXT-X-ENDLIST");
  });
});

describe("the multivariant playlists while a run goes on", () => {
  test("one lists what can be played now, the other what will be", () => {
    const run = {
      plan: livePlan("none"),
      parts: [livePart("360p", 0, 2), livePart("audio-0", 0, 3)],
      complete: nothing,
    };
    expect(liveMultivariant({ run, names, scope: "now" })).toBe(
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="українська",LANGUAGE="uk",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-0/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=400000,AVERAGE-BANDWIDTH=400000,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO="audio"
360p/index.m3u8
`,
    );
    const planned = liveMultivariant({ run, names, scope: "planned" });
    expect(planned.match(/^\d+p\/index\.m3u8$/gm)).toEqual(["360p/index.m3u8", "480p/index.m3u8", "720p/index.m3u8"]);
    expect(planned).toContain(
      'BANDWIDTH=3400000,AVERAGE-BANDWIDTH=2120000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720',
    );
  });

  test("list no picture whose sound has not begun", () => {
    const run = { plan: livePlan("none"), parts: [livePart("360p", 0, 2)], complete: nothing };
    expect(liveMultivariant({ run, names, scope: "now" })).not.toContain("360p");
  });

  test("give a source whose sound fits no other rung a group of its own", () => {
    const run = {
      plan: livePlan("vp9"),
      parts: [livePart("360p", 0, 2), livePart("audio-0", 0, 2)],
      complete: nothing,
    };
    const text = liveMultivariant({ run, names, scope: "now" });
    expect(text).toMatch(/GROUP-ID="source".*URI="source-audio-0\/index\.m3u8"/);
    expect(text).toMatch(/GROUP-ID="audio".*URI="audio-0\/index\.m3u8"/);
    expect(text).toMatch(/CODECS="vp09\.00\.31\.08,opus".*AUDIO="source"\nsource\/index\.m3u8/);
    expect(text).toMatch(/CODECS="avc1\.64001e,mp4a\.40\.2".*AUDIO="audio"\n360p\/index\.m3u8/);
  });
});

test("a rendition is complete when all steps that make it are done", () => {
  const step = (kind: string, ordinal: number, state: string) => ({ kind, ordinal, state });
  const plan = livePlan("none");
  const steps = [
    ...[step("preview", 0, "done"), step("preview", 1, "done"), step("encode", 0, "done")],
    ...[step("encode", 1, "running"), step("audio", 0, "publishing")],
  ];
  expect([...completeRenditions({ plan, steps })]).toEqual(["360p"]);
  const later = steps.map((one) => ({ ...one, state: "done" }));
  expect([...completeRenditions({ plan, steps: later })]).toEqual(["360p", "480p", "720p", "audio-0"]);
});
