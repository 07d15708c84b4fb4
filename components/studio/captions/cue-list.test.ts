import { describe, expect, test } from "vitest";
import {
  activeIndex,
  changeCue,
  cueFaults,
  type EditedCue,
  findCue,
  insertCue,
  mergeCue,
  removeCue,
  shiftCues,
  splitCue,
} from "./cue-list.ts";
import { cueClock, readShift } from "./cue-time.ts";

const cue = (key: number, startMs: number, endMs: number, text = `t${key}`, settings = ""): EditedCue => ({
  ...{ key, startMs, endMs, text, settings },
});
const three = [cue(1, 0, 1000), cue(2, 1000, 3000, "one two\nthree", "line:0"), cue(3, 5000, 6000)];
const brief = (cues: readonly EditedCue[]) => cues.map(({ key, startMs, endMs, text }) => [key, startMs, endMs, text]);

describe("captions in the editor", () => {
  test("a change keeps the order of time, and leaves the others the very same", () => {
    const changed = changeCue(three, { key: 1, part: { startMs: 3500, endMs: 4500 } });
    expect(changed.map(({ key }) => key)).toEqual([2, 1, 3]);
    expect(changed[0]).toBe(three[1]);
    expect(changed[2]).toBe(three[2]);
  });

  test("split at the words before and after the mark, in time by their length", () => {
    expect(brief(splitCue(three, { key: 2, at: 4, newKey: 9 }))).toEqual([
      [1, 0, 1000, "t1"],
      [2, 1000, 1500, "one"],
      [9, 1500, 3000, "two\nthree"],
      [3, 5000, 6000, "t3"],
    ]);
    // At an end the words are doubled in two halves: there is nothing to part.
    expect(brief(splitCue(three, { key: 2, at: 0, newKey: 9 })).slice(1, 3)).toEqual([
      [2, 1000, 2000, "one two\nthree"],
      [9, 2000, 3000, "one two\nthree"],
    ]);
    expect(splitCue(three, { key: 2, at: 4, newKey: 9 })[2]?.settings).toBe("line:0");
    expect(splitCue([cue(1, 0, 1)], { key: 1, at: 0, newKey: 2 })).toHaveLength(1);
  });

  test("a tag that is cut goes on in both parts", () => {
    const parts = splitCue([cue(1, 0, 1000, "<i>one two</i> x")], { key: 1, at: 6, newKey: 2 });
    expect(parts.map(({ text }) => text)).toEqual(["<i>one</i>", "<i>two</i> x"]);
  });

  test("a mark inside a tag parts the words beside it", () => {
    const parts = splitCue([cue(1, 0, 1000, "ab <b>cd</b>")], { key: 1, at: 4, newKey: 2 });
    expect(parts.map(({ text }) => text)).toEqual(["ab", "<b>cd</b>"]);
  });

  test("merge takes the next one's words and end", () => {
    expect(brief(mergeCue(three, 2))).toEqual([
      [1, 0, 1000, "t1"],
      [2, 1000, 6000, "one two\nthree\nt3"],
    ]);
    expect(mergeCue(three, 3)).toBe(three);
  });

  test("a new one takes the room at the player's time, two seconds at most", () => {
    expect(brief(insertCue(three, { atMs: 3200, newKey: 9 }))[2]).toEqual([9, 3200, 5000, ""]);
    expect(brief(insertCue(three, { atMs: 9000, newKey: 9 }))[3]).toEqual([9, 9000, 11_000, ""]);
    // While another is spoken it comes beside it.
    expect(brief(insertCue(three, { atMs: 1500, newKey: 9 }))[2]).toEqual([9, 1500, 3500, ""]);
    expect(brief(removeCue(three, 2)).map(([key]) => key)).toEqual([1, 3]);
  });

  test("all move together, and what would begin before the video begins with it", () => {
    expect(brief(shiftCues(three, -500))).toEqual([
      [1, 0, 500, "t1"],
      [2, 500, 2500, "one two\nthree"],
      [3, 4500, 5500, "t3"],
    ]);
    // Captions that would be over before the video begins go.
    expect(brief(shiftCues(three, -1500)).map(([key]) => key)).toEqual([2, 3]);
    expect(shiftCues(three, 0)).toBe(three);
  });

  test("words are found without tags and case, round and round, forwards and back", () => {
    const words = [cue(1, 0, 1, "Борщ <i>кипить</i>"), cue(2, 1, 2, "A &amp; B"), cue(3, 2, 3, "БОРЩ кипить")];
    const next = (query: string, from: number, back = false) => findCue(words, { query, from, back });
    expect([next("борщ кип", 0), next("борщ кип", 2), next("борщ кип", 0, true)]).toEqual([2, 0, 2]);
    expect([next("a & b", -1), next("nowhere", 0), next(" ", 0)]).toEqual([1, null, null]);
  });

  test("the one that is spoken is the last that has begun and not ended", () => {
    expect([0, 999, 1000, 4000, 5500, 7000].map((ms) => activeIndex(three, ms))).toEqual([0, 0, 1, -1, 2, -1]);
  });

  test("faults are told by key", () => {
    const faults = cueFaults([cue(1, 0, 1000, " "), cue(2, 2000, 2000), cue(3, 3000, 4000, "<i></i>")]);
    expect([...faults]).toEqual([
      [1, { text: "noWords" }],
      [2, { endMs: "order" }],
      [3, { text: "noWords" }],
    ]);
  });
});

test("times and shifts are written and read", () => {
  expect([0, 7250, 3_723_004].map(cueClock)).toEqual(["0:00.000", "0:07.250", "1:02:03.004"]);
  expect(["1.5", "-0,25", "+2", "−1:05.5", "0"].map(readShift)).toEqual([1500, -250, 2000, -65_500, 0]);
  expect(["", "a", "1:75", "--1"].map(readShift)).toEqual([null, null, null, null]);
});
