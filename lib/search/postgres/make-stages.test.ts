import { describe, expect, it } from "vitest";
import { stagesOfAll, stagesOfSome } from "./make-stages.ts";

const word = (documents: number, ...stemIds: number[]) => ({ stemIds, documents });

describe("stages of a search", () => {
  it("ask for all words in the title, then anywhere, and for no document twice", () => {
    expect(stagesOfAll({ words: [word(5, 1), word(9, 2)], terms: [-7] })).toEqual([
      { all: [-7, 3, 5], anyOf: [], butNot: [], matched: 2 },
      { all: [-7, 2, 4], anyOf: [], butNot: [-7, 3, 5], matched: 2 },
    ]);
  });

  it("ask for one of what a beginning may mean", () => {
    expect(stagesOfAll({ words: [word(5, 1), word(9, 2, 3)], terms: [] })).toEqual([
      { all: [3], anyOf: [[5, 7]], butNot: [], matched: 2 },
      { all: [2], anyOf: [[4, 6]], butNot: [], matched: 2 },
    ]);
  });

  it("ask for nothing but the filters without words", () => {
    expect(stagesOfAll({ words: [], terms: [-7] })).toEqual([{ all: [-7], anyOf: [], butNot: [], matched: 0 }]);
    expect(stagesOfSome({ words: [], terms: [-7] })).toEqual([]);
  });

  it("then leave out the commonest word first and end with the commonest alone", () => {
    const stages = stagesOfSome({ words: [word(5, 1), word(900, 2), word(40, 3)], terms: [-7] });
    expect(stages.map(({ all, matched }) => [matched, ...all])).toEqual([
      [2, -7, 2, 6],
      [2, -7, 2, 4],
      [2, -7, 4, 6],
      [1, -7, 2],
      [1, -7, 6],
      [1, -7, 4],
    ]);
  });

  it("of one word have no rest", () => {
    expect(stagesOfSome({ words: [word(5, 1)], terms: [] })).toEqual([]);
  });
});
