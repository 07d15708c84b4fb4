import { expect, test } from "vitest";
import { chapterTrack } from "#components/player/chapter-track.ts";

test("chapters follow one another to the end of the video, their titles are no markup", () => {
  const chapters = [
    { startMs: 0, title: "Вступ" },
    { startMs: 61_500, title: "<b>Q & A</b>\n --> 1" },
    { startMs: 3_725_000, title: "End" },
    { startMs: 4_000_000, title: "beyond the end" },
  ];
  expect(chapterTrack({ chapters, durationMs: 3_800_250 })).toBe(`WEBVTT

00:00:00.000 --> 00:01:01.500
Вступ

00:01:01.500 --> 01:02:05.000
&lt;b&gt;Q &amp; A&lt;/b&gt; --&gt; 1

01:02:05.000 --> 01:03:20.250
End
`);
});
