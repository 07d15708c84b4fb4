import { describe, expect, it } from "vitest";
import type { KnownStem, LexiconWord } from "#lib/db/queries/search/lexicon.ts";
import { type Lexicon, rememberLexicon } from "./remembered-lexicon.ts";

const wordOf = (word: string, documents: number): LexiconWord => ({ id: 1, word, stemId: 1, documents });

/** A lexicon that counts what it is asked. */
const setUp = (content: { stems?: KnownStem[]; begun?: LexiconWord[]; near?: LexiconWord[] }) => {
  const asked: string[] = [];
  const lexicon: Lexicon = {
    stems: async (stems) => {
      asked.push(`stems ${stems.join(",")}`);
      return (content.stems ?? []).filter(({ stem }) => stems.includes(stem));
    },
    beginning: async ({ prefix, limit }) => {
      asked.push(`beginning ${prefix}`);
      return (content.begun ?? []).slice(0, limit);
    },
    near: async (hashes) => {
      asked.push(`near ${hashes.join(",")}`);
      return content.near ?? [];
    },
  };
  return { asked, content, lexicon: rememberLexicon(lexicon) };
};

describe("a remembered lexicon", () => {
  it("asks once for stems that are known, and only for those it does not remember", async () => {
    const { asked, lexicon } = setUp({
      stems: [
        { id: 1, stem: "kite", documents: 3 },
        { id: 2, stem: "surf", documents: 2 },
      ],
    });
    for (const stems of [["kite"], ["kite", "surf"], ["surf", "kite"]]) {
      expect((await lexicon.stems(stems)).map(({ stem }) => stem).toSorted()).toEqual(stems.toSorted());
    }
    expect(asked).toEqual(["stems kite", "stems surf"]);
  });

  it("asks again for stems that are unknown or stand in no field: they may do a moment later", async () => {
    const { asked, content, lexicon } = setUp({ stems: [{ id: 1, stem: "spoken", documents: 0 }] });
    expect(await lexicon.stems(["new", "spoken"])).toHaveLength(1);
    content.stems?.push({ id: 2, stem: "new", documents: 1 });
    expect(await lexicon.stems(["new", "spoken"])).toHaveLength(2);
    expect(asked).toEqual(["stems new,spoken", "stems new,spoken"]);
  });

  it("asks for others along only when it has to ask", async () => {
    const { asked, lexicon } = setUp({ stems: [{ id: 1, stem: "kite", documents: 3 }] });
    for (const _ of [1, 2]) await lexicon.stems(["kite"], ["лшеу"]);
    await lexicon.stems(["kite", "ktie"], ["ktie", "лешу"]);
    expect(asked).toEqual(["stems kite,лшеу", "stems ktie,лешу"]);
  });

  it("remembers words that begin so when there are as many as were asked for", async () => {
    const { asked, lexicon } = setUp({ begun: ["kite", "kitchen", "king"].map((word) => wordOf(word, 3)) });
    for (const limit of [2, 2, 3, 2, 9, 9]) await lexicon.beginning({ prefix: "ki", limit });
    expect(asked).toEqual(["beginning ki", "beginning ki", "beginning ki", "beginning ki"]);
  });

  it("remembers words that are near, but not that there are none", async () => {
    const { asked, content, lexicon } = setUp({ near: [] });
    expect(await lexicon.near([1, 2])).toEqual([]);
    content.near = [wordOf("kite", 3)];
    for (const _ of [1, 2]) expect(await lexicon.near([1, 2])).toEqual([wordOf("kite", 3)]);
    expect(asked).toEqual(["near 1,2", "near 1,2"]);
  });

  it("asks the lexicon for nothing when nothing is asked", async () => {
    const { asked, lexicon } = setUp({});
    expect(await lexicon.stems([])).toEqual([]);
    expect(asked).toEqual([]);
  });
});
