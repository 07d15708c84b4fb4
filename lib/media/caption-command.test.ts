import { expect, test } from "vitest";
import { captionCommand } from "#lib/media/caption-command.ts";

test("each text track is mapped by its number and bounded, to the letter", () => {
  const tracks = [
    { streamIndex: 2, name: "text-0.srt" },
    { streamIndex: 5, name: "text-1.srt" },
  ];
  const options = (streamIndex: number) => [
    ...["-map", `0:${streamIndex}`, "-vn", "-an", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-c:s", "srt", "-t", "95.5", "-fs", "8000000", "-f", "srt"],
  ];
  expect(captionCommand({ sourcePath: "/original", tracks, limitSeconds: 95.5 })).toEqual({
    inputs: [
      {
        kind: "media",
        path: "/original",
        options: ["-codec_whitelist", "subrip,srt,ass,ssa,mov_text,webvtt,text,cc_dec"],
      },
    ],
    filterGraph: null,
    outputs: [
      { name: "text-0.srt", options: options(2) },
      { name: "text-1.srt", options: options(5) },
    ],
  });
});
