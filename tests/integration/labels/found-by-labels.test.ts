import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { decideLabel, replaceSuggestions } from "#lib/db/queries/labels/labels.ts";
import { videos } from "#lib/db/schema/index.ts";
import { findDrift } from "#lib/search/index/find-drift.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const suggest = (videoId: string, ...labels: string[]) =>
  transaction((tx) =>
    replaceSuggestions(tx, { videoId, labels: labels.map((label) => ({ label, confidence: 0.6, frames: 2 })) }),
  );

const found = async (q: string): Promise<string[]> => {
  await indexAll(postgresEngine);
  return (await postgresEngine.search(searchFor(q))).hits.map(({ videoId }) => videoId);
};

describe("what a model saw in a video", () => {
  it("has it found in both languages, behind those that say it themselves", async () => {
    const seen = await makeFindable({ title: "Ранок у парку" });
    const tagged = await makeFindable({ title: "Інший ранок", tags: ["собака"] });
    await suggest(seen.id, "dog");
    expect(await found("собаки")).toEqual([tagged.id, seen.id]);
    expect(await found("dogs")).toEqual([seen.id]);
    expect((await findDrift({ engine: postgresEngine, signal: AbortSignal.timeout(20_000) })).stale).toEqual([]);
  });

  it("is forgotten by the search once it was removed", async () => {
    const { id: videoId } = await makeFindable({ title: "Без назви" });
    await suggest(videoId, "giraffe");
    expect(await found("жирафа")).toEqual([videoId]);
    await transaction((tx) => decideLabel(tx, { videoId, label: "giraffe", state: "removed" }));
    expect(await found("жирафа")).toEqual([]);
    await suggest(videoId, "giraffe");
    expect(await found("жирафа")).toEqual([]);
  });

  it("accepted stays found in the other language as long as its tag is there", async () => {
    const { id: videoId } = await makeFindable({ title: "Ще одне" });
    await suggest(videoId, "elephant");
    await transaction((tx) => decideLabel(tx, { videoId, label: "elephant", state: "accepted" }));
    await db()
      .update(videos)
      .set({ tags: ["слон"] })
      .where(eq(videos.id, videoId));
    expect(await found("elephant")).toEqual([videoId]);
    await db().update(videos).set({ tags: [] }).where(eq(videos.id, videoId));
    expect(await found("elephant")).toEqual([]);
  });

  it("finds nothing private", async () => {
    const { id: videoId } = await makeFindable({ title: "Таємне", visibility: "private" });
    await suggest(videoId, "zebra");
    expect(await found("зебра")).toEqual([]);
  });
});
