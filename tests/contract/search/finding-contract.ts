import { beforeAll, describe, expect, it } from "vitest";
import { type SearchAnswer, type SearchEngine, searchAnswerSchema } from "#lib/search/engine.ts";
import { addChapter, addSpoken, indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { makeChannel } from "#tests/factories/rows.ts";

const ids = { borscht: "", varenyky: "", lviv: "", lake: "", camera: "", wifi: "", talk: "", cats: "" };
type Name = keyof typeof ids;

const nameOf = (videoId: string): Name | undefined =>
  (Object.keys(ids) as Name[]).find((name) => ids[name] === videoId);

const makeVideos = async (): Promise<void> => {
  const kitchen = await makeChannel({ name: "Кухня бабусі" });
  const make = async (name: Name, values: Parameters<typeof makeFindable>[0]) => {
    ids[name] = (await makeFindable(values)).id;
  };
  await make("borscht", {
    ...{ title: "Рецепт українського борщу", channelId: kitchen.id, tags: ["кухня", "супи"] },
    description: "Готуємо з м'ясом і пампушками.",
  });
  await make("varenyky", { title: "Вареники з вишнями", channelId: kitchen.id, description: "Ще один рецепт." });
  await make("lviv", { title: "Подорож до Львова", tags: ["мандри"], description: "Вечірні вулиці міста" });
  await make("lake", { title: "Swimming across the lake", description: "A cold morning." });
  await make("camera", { title: "Choosing a camera for travel photography" });
  await make("wifi", { title: "Setting up Wi-Fi at home" });
  await make("talk", { title: "Nightly conversation" });
  await make("cats", { title: "Cats and dogs playing", description: "Nobody mentions a lake." });
  await addChapter(ids.camera, 0, "Unboxing");
  await addSpoken(
    ids.talk,
    [
      [4, "Добрий вечір, друзі"],
      [75, "Сьогодні говоримо про квантові комп'ютери"],
      [130, "Квантова механіка — це складно"],
    ],
    "uk",
  );
};

const wordForms: [string, Name][] = [
  ["борщ", "borscht"],
  ["борщі", "borscht"],
  ["рецепти борщів", "borscht"],
  ["українські борщі", "borscht"],
  ["вишня", "varenyky"],
  ["вареник", "varenyky"],
  ["Львів", "lviv"],
  ["подорожі у Львові", "lviv"],
  ["вулиця вечір", "lviv"],
  ["swim lakes", "lake"],
  ["cameras", "camera"],
  ["photographs travels", "camera"],
  ["unbox", "camera"],
  ["play cat", "cats"],
  ["мясо", "borscht"],
  ["БОРЩ", "borscht"],
];

const typos: [string, Name][] = [
  ["броща", "borscht"],
  ["варенки", "varenyky"],
  ["рецеппт борщу", "borscht"],
  ["camrea", "camera"],
  ["swiming lake", "lake"],
  ["photografhy", "camera"],
];

/** What several engines must agree on when words, their forms and typos are searched for. */
export const findingContract = (open: () => SearchEngine): void => {
  describe("finding", () => {
    const search = async (...given: Parameters<typeof searchFor>): Promise<SearchAnswer> =>
      searchAnswerSchema.parse(await open().search(searchFor(...given)));
    const found = async (q: string) => (await search(q)).hits.map(({ videoId }) => nameOf(videoId));

    beforeAll(async () => {
      await makeVideos();
      await indexAll(open());
    });

    it.each(wordForms)("finds other forms of the words: %s", async (q, name) => {
      expect((await found(q))[0]).toBe(name);
    });

    it.each(typos)("forgives a typo: %s", async (q, name) => {
      expect((await found(q))[0]).toBe(name);
    });

    it("tells the query that it put right", async () => {
      expect((await search("рецеппт борщу ")).corrected).toBe("рецепт борщу");
      expect((await search("рецепт борщу")).corrected).toBeNull();
    });

    it("finds what the last word is the beginning of", async () => {
      expect((await found("варе"))[0]).toBe("varenyky");
      expect((await found("travel photogr"))[0]).toBe("camera");
    });

    it("finds words with hyphens written in one and apart", async () => {
      expect((await found("wifi "))[0]).toBe("wifi");
      expect((await found("wi-fi home"))[0]).toBe("wifi");
    });

    it("puts a word of the title before one of the description", async () => {
      expect(await found("lake")).toEqual(["lake", "cats"]);
      expect((await found("рецепт")).slice(0, 2)).toEqual(["borscht", "varenyky"]);
    });

    it("puts what has all words before what has some", async () => {
      expect(await found("cats lake")).toEqual(["cats", "lake"]);
      expect((await found("рецепт вишня"))[0]).toBe("varenyky");
    });

    it("leaves out words that nobody knows, and gives what fits in part", async () => {
      expect((await found("борщ xyzzyplugh"))[0]).toBe("borscht");
      expect((await found("swimming borscht lake"))[0]).toBe("lake");
    });

    it("finds nothing, without a fault, when nothing fits", async () => {
      for (const q of ["xyzzyplugh", "!!!", "\u0000", "'; drop table videos; --", "💥", "a".repeat(190), "% _ \\"]) {
        const answer = await search(q);
        expect(answer.hits, q).toEqual([]);
        expect(answer.total).toEqual({ count: 0, about: false });
      }
    });

    it("finds tags and channels", async () => {
      expect(await found("суп")).toEqual(["borscht"]);
      expect(new Set(await found("бабуся"))).toEqual(new Set(["borscht", "varenyky"]));
    });

    it("finds what is said, and the moment", async () => {
      const answer = await search("квантовий комп'ютер");
      expect(nameOf(answer.hits[0]?.videoId ?? "")).toBe("talk");
      expect(answer.hits[0]?.cues.map(({ startMs }) => startMs)).toEqual([75_000, 130_000]);
      expect(answer.hits[0]?.cues[0]?.text).toBe("Сьогодні говоримо про квантові комп'ютери");
    });

    it("gives pages that follow each other", async () => {
      const all = (await search("", { limit: 100 })).hits.map(({ videoId }) => videoId);
      const pages: string[] = [];
      for (let offset = 0; ; offset += 3) {
        const page = await search("", { limit: 3, offset });
        pages.push(...page.hits.map(({ videoId }) => videoId));
        if (!page.more) break;
      }
      expect(pages).toEqual(all);
      expect(new Set(all).size).toBe(all.length);
    });

    it("names related videos, never the video itself", async () => {
      const { borscht: videoId } = ids;
      const channelId = (await makeChannel()).id;
      const related = await open().related({ videoId, channelId, limit: 5 });
      expect(related).not.toContain(videoId);
      expect(nameOf(related[0] ?? "")).toBe("varenyky");
    });
  });
};
