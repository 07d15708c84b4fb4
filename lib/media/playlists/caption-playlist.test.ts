import * as HLS from "hls-parser";
import { expect, test } from "vitest";
import { type SubtitleRendition, subtitlePlaylist, withSubtitles } from "#lib/media/playlists/caption-playlist.ts";

const multivariant = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Dub",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-0/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=720100,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,AUDIO="audio"
720p/index.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1000,CODECS="avc1.64001f",RESOLUTION=640x360,URI="360p/iframes.m3u8"
`;

const track = (name: string, changes: Partial<SubtitleRendition> = {}): SubtitleRendition => ({
  ...{ uri: "../captions/a-1.m3u8", name, language: "uk", kind: "subtitles", isDefault: false },
  ...changes,
});

test("text tracks join a multivariant playlist, to the letter, and it stays a strict one", () => {
  const tracks = [
    track("Українська", { isDefault: true }),
    track('Say "this"', { language: "und", uri: "../captions/b-1.m3u8" }),
    track("Українська", { kind: "captions", uri: "../captions/c-1.m3u8" }),
  ];
  const text = withSubtitles(multivariant, tracks);
  expect(text).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Dub",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-0/index.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Українська",LANGUAGE="uk",DEFAULT=YES,AUTOSELECT=YES,FORCED=NO,URI="../captions/a-1.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Say  this ",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="../captions/b-1.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Українська 2",LANGUAGE="uk",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound",URI="../captions/c-1.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=720100,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,AUDIO="audio",SUBTITLES="subs"
720p/index.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1000,CODECS="avc1.64001f",RESOLUTION=640x360,URI="360p/iframes.m3u8"
`);
  HLS.setOptions({ strictMode: true });
  const parsed = HLS.parse(text);
  const variants = "variants" in parsed ? parsed.variants : [];
  expect(variants[0]?.subtitles.map(({ name }) => name)).toEqual(["Українська", "Say  this ", "Українська 2"]);
});

test("without text tracks nothing changes", () => {
  expect(withSubtitles(multivariant, [])).toBe(multivariant);
  expect(withSubtitles("#EXTM3U\n", [track("x")])).toBe("#EXTM3U\n");
});

test("a text track's own playlist is one segment, to the letter", () => {
  const text = subtitlePlaylist({ uri: "a-1.vtt", durationMs: 61_234 });
  expect(text).toBe(
    "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:62\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:61.234,\na-1.vtt\n#EXT-X-ENDLIST\n",
  );
  HLS.setOptions({ strictMode: true });
  expect(HLS.parse(text).isMasterPlaylist).toBe(false);
});
