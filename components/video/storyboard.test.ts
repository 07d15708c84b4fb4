import { expect, test } from "vitest";
import { parseStoryboard, tileAt } from "./storyboard.ts";

const text = [
  "WEBVTT\n",
  "00:00:00.000 --> 00:00:04.004\nstoryboard-0.jpg#xywh=0,0,192,108\n",
  "01:00:04.004 --> 01:00:08.008\nstoryboard-1.jpg#xywh=192,108,192,108\n",
].join("\n");

test("tiles have their sheet's address beside the storyboard's own", () => {
  expect(parseStoryboard(text, "/media/runs/a/b/storyboard.vtt")).toEqual([
    { startMs: 0, endMs: 4004, url: "/media/runs/a/b/storyboard-0.jpg", x: 0, y: 0, width: 192, height: 108 },
    {
      ...{ startMs: 3_604_004, endMs: 3_608_008, url: "/media/runs/a/b/storyboard-1.jpg" },
      ...{ x: 192, y: 108, width: 192, height: 108 },
    },
  ]);
});

test("the tile of a moment is the last one that has begun", () => {
  const tiles = parseStoryboard(text, "/s.vtt");
  expect(tileAt(tiles, 4500)?.startMs).toBe(0);
  expect(tileAt(tiles, 9_999_999)?.startMs).toBe(3_604_004);
  expect(tileAt([], 0)).toBeNull();
});
