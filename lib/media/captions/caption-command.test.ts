import { expect, test } from "vitest";
import { captionCommand, textOutputOf } from "#lib/media/captions/caption-command.ts";

test("each text track is mapped by its number and bounded, to the letter", () => {
  const tracks = [
    { streamIndex: 2, name: "text-2.srt", output: textOutputOf("mov_text") },
    { streamIndex: 5, name: "text-5.ass", output: textOutputOf("ass") },
  ];
  const mapped = (index: number) => [
    ...["-map", `0:${index}`, "-vn", "-an", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"],
  ];
  const bounded = ["-avoid_negative_ts", "disabled", "-fs", "8000000"];
  expect(captionCommand({ sourcePath: "/original", tracks })).toEqual({
    inputs: [
      {
        kind: "media",
        path: "/original",
        options: ["-copyts", "-codec_whitelist", "subrip,srt,ass,ssa,mov_text,webvtt,text,cc_dec"],
      },
    ],
    filterGraph: null,
    outputs: [
      { name: "text-2.srt", options: [...mapped(2), "-c:s", "srt", ...bounded, "-f", "srt"] },
      { name: "text-5.ass", options: [...mapped(5), "-c:s", "copy", ...bounded, "-f", "ass"] },
    ],
  });
});
