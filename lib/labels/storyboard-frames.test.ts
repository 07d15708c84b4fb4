import { describe, expect, it } from "vitest";
import { framesCommand } from "#lib/labels/frames-command.ts";
import { pickTiles, readTiles, type StoryboardTile } from "#lib/labels/storyboard-frames.ts";
import { storyboardVtt } from "#lib/media/stills/storyboard-plan.ts";
import { storyboardSheetName } from "#lib/storage/keys.ts";

const size = { width: 192, height: 108 };
const tilesOf = (count: number): StoryboardTile[] => {
  const tiles = Array.from({ length: count }, (_, at) => ({ segment: at, startSeconds: at, endSeconds: at + 1 }));
  return readTiles(storyboardVtt({ tiles, size, sheetName: storyboardSheetName }));
};

describe("tiles of a storyboard", () => {
  it("are read as the storyboard is written", () => {
    const tiles = tilesOf(27);
    expect(tiles).toHaveLength(27);
    expect(tiles[0]).toEqual({ sheet: "storyboard-0.jpg", x: 0, y: 0, ...size });
    expect(tiles[26]).toEqual({ sheet: "storyboard-1.jpg", x: 192, y: 0, ...size });
  });

  it("are looked for in nothing else", () => {
    expect(readTiles("WEBVTT\n\n00:00.000 --> 00:01.000\nhttp://elsewhere/a.jpg#xywh=0,0,9,9\n")).toEqual([]);
    expect(readTiles("storyboard-0.jpg#xywh=0,0,9,9,9")).toEqual([]);
  });

  it("are chosen evenly, every one of a short video", () => {
    const tiles = tilesOf(200);
    const chosen = pickTiles({ tiles, most: 16 });
    const places = chosen.map((tile) => tiles.indexOf(tile));
    expect(places.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, at) => Math.floor((at + 0.5) * 12.5)),
    );
    expect(new Set(pickTiles({ tiles: tiles.slice(0, 5), most: 16 })).size).toBe(5);
    expect(pickTiles({ tiles: [], most: 16 })).toEqual([]);
  });

  it("come in an order of which every beginning is spread over the video", () => {
    const tiles = tilesOf(160);
    const places = pickTiles({ tiles, most: 16 }).map((tile) => tiles.indexOf(tile));
    expect(places.slice(0, 4)).toEqual([5, 85, 45, 125]);
  });
});

describe("the command that makes frames", () => {
  it("cuts tiles and takes a poster whole, one frame below the other", () => {
    const tiles = tilesOf(2);
    const { inputs, filterGraph, outputs } = framesCommand([
      { path: "/s/poster.jpg", tiles: "whole" },
      { path: "/s/storyboard-0.jpg", tiles },
    ]);
    expect(inputs.map(({ kind }) => kind)).toEqual(["image", "image"]);
    const square = "scale=512:512:flags=bicubic:in_range=full,setsar=1,format=rgb24";
    expect(filterGraph?.split(";")).toEqual([
      "[0:v:0]split=1[s0]",
      "[1:v:0]split=2[s1][s2]",
      `[s0]${square}[f0]`,
      `[s1]crop=192:108:0:0:exact=1,${square}[f1]`,
      `[s2]crop=192:108:192:0:exact=1,${square}[f2]`,
      "[f0][f1][f2]vstack=inputs=3[out]",
    ]);
    expect(outputs).toHaveLength(1);
  });
});
