import { beforeAll, describe, expect, it } from "vitest";
import { type SearchEngine, suggestionSchema } from "#lib/search/engine.ts";
import { indexAll, makeFindable } from "#tests/factories/findable.ts";
import { makeChannel } from "#tests/factories/rows.ts";

/** What is suggested while somebody types. */
export const suggestionContract = (open: () => SearchEngine): void => {
  describe("suggestions", () => {
    const suggest = async (q: string) =>
      (await open().suggest({ q, limit: 5 })).map((suggestion) => suggestionSchema.parse(suggestion));
    const texts = async (q: string, kind: string) =>
      (await suggest(q)).filter((suggestion) => suggestion.kind === kind).map(({ text }) => text);

    beforeAll(async () => {
      const channel = await makeChannel({ name: "Мандрівна Лисиця", handle: "travelling-fox" });
      await makeFindable({ title: "Карпатські полонини влітку", channelId: channel.id });
      await makeFindable({ title: "Карпатські потяги", channelId: channel.id });
      await makeFindable({ title: "Карпатський м'ятний чай" });
      await makeChannel({ name: "Мандрівний Порожняк" });
      await indexAll(open());
    });

    it("complete the word that is typed", async () => {
      expect(await texts("полон", "query")).toEqual(["полонини"]);
      expect(await texts("карпатські пот", "query")).toEqual(["карпатські потяги"]);
      expect(await texts("мятн", "query")).toEqual(["м'ятний"]);
    });

    it("name videos by their titles, in other forms of finished words too", async () => {
      expect(await texts("карпатська поло", "video")).toEqual(["Карпатські полонини влітку"]);
      expect(new Set(await texts("карпат", "video")).size).toBe(3);
    });

    it("forgive a typo", async () => {
      expect(await texts("потягги", "video")).toEqual(["Карпатські потяги"]);
    });

    it("name channels by any word of their name, and by handle, when there is something to watch", async () => {
      expect(await texts("лиси", "channel")).toEqual(["Мандрівна Лисиця"]);
      expect(await texts("travelling", "channel")).toEqual(["Мандрівна Лисиця"]);
      expect(await texts("мандрівн", "channel")).toEqual(["Мандрівна Лисиця"]);
    });

    it("are none for nothing, and no fault for anything", async () => {
      for (const q of ["", " ", "!!", "xyzzyplugh", "\u0000", "%", "💥"]) expect(await suggest(q), q).toEqual([]);
    });
  });
};
