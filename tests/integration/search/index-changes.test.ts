import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import {
  captions,
  channels,
  chapters,
  cues,
  searchChanges,
  searchDocuments,
  users,
  videos,
} from "#lib/db/schema/index.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { checkEngine } from "#lib/search/index/check-index.ts";
import { driftSize, findDrift } from "#lib/search/index/find-drift.ts";
import { indexChanges } from "#lib/search/index/index-changes.ts";
import { readDocuments } from "#lib/search/index/read-documents.ts";
import { reindex } from "#lib/search/index/reindex.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { addChapter, addSpoken, indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const engine = postgresEngine;
const signal = () => AbortSignal.timeout(20_000);
const found = async (q: string) => (await engine.search(searchFor(`${q} `))).hits.map(({ videoId }) => videoId);
const waiting = async () => (await db().select().from(searchChanges)).length;

/** All that the index holds, by words instead of their numbers. */
const wholeIndex = async () => {
  const documents = await db().execute(sql`
    select d.video_id, d.title_words, d.tags, d.fingerprint,
      (select jsonb_agg(w.word order by w.word) from search_words w where w.id = any(d.words)) as words,
      (select jsonb_agg(s.stem || ':' || (k % 2) order by s.stem, k) from unnest(d.codes) k
        join search_stems s on s.id = k / 2 where k > 0) as codes,
      (select jsonb_agg(s.stem order by s.stem) from unnest(d.weights) k join search_stems s on s.id = k / 16) as weights
    from search_documents d order by d.video_id`);
  const words = await db().execute(sql`select word, documents from search_words where documents > 0 order by word`);
  return { documents: [...documents], words: [...words] };
};

describe("a change", () => {
  beforeEach(async () => {
    await indexAll(engine);
  });

  it("that hides a video holds against a writer that read it before and is late", async () => {
    const video = await makeFindable({ title: "Запізнілий їжачок" });
    const before = await readDocuments(db(), [video.id]);
    expect(before).toHaveLength(1);
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, video.id));
    await indexAll(engine);
    await engine.index(before);
    const documents = await db().select().from(searchDocuments).where(eq(searchDocuments.videoId, video.id));
    expect(documents).toEqual([]);
  });

  it("of anything that can be found is noted in its own transaction", async () => {
    const video = await makeFindable({ title: "Щось" });
    const captionId = await addSpoken(video.id, [[1, "слово"]]);
    await indexAll(engine);
    const changes: (() => Promise<unknown>)[] = [
      () => db().update(videos).set({ title: "Інше" }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ description: "Опис" }).where(eq(videos.id, video.id)),
      () =>
        db()
          .update(videos)
          .set({ tags: ["мітка"] })
          .where(eq(videos.id, video.id)),
      () => db().update(videos).set({ category: "food" }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ language: "uk" }).where(eq(videos.id, video.id)),
      () => addChapter(video.id, 0, "Частина"),
      () => db().delete(chapters).where(eq(chapters.videoId, video.id)),
      () => db().update(captions).set({ language: "en" }).where(eq(captions.id, captionId)),
      () => db().delete(captions).where(eq(captions.id, captionId)),
      () => db().update(channels).set({ name: "Нова назва" }).where(eq(channels.id, video.channelId)),
      () => db().update(users).set({ status: "suspended" }).where(eq(users.id, video.creatorId)),
      () => db().update(users).set({ status: "active" }).where(eq(users.id, video.creatorId)),
      () =>
        db()
          .update(videos)
          .set({ publishedAt: new Date(0) })
          .where(eq(videos.id, video.id)),
      () => db().update(videos).set({ status: "processing" }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ status: "ready" }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ takenDownAt: new Date() }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ takenDownAt: null }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ deletedAt: null }).where(eq(videos.id, video.id)),
      () => db().update(videos).set({ visibility: "private" }).where(eq(videos.id, video.id)),
    ];
    for (const change of changes) {
      await change();
      expect(await waiting(), change.toString()).toBeGreaterThan(0);
      await indexAll(engine);
      expect(await waiting()).toBe(0);
    }
  });

  it("that changes nothing to find notes nothing, nor does one of what only members see", async () => {
    const video = await makeFindable({ title: "Тихо" });
    const hidden = await makeVideo({ visibility: "private", status: "ready" });
    await indexAll(engine);
    await db().update(videos).set({ title: "Тихо", playbackVersion: 7 }).where(eq(videos.id, video.id));
    await db().update(videos).set({ title: "Таємно" }).where(eq(videos.id, hidden.id));
    expect(await waiting()).toBe(0);
  });

  it("that is rolled back is never brought over", async () => {
    const video = await makeFindable({ title: "Лишається" });
    await indexAll(engine);
    const undone = new Error("undone");
    const change = db().transaction(async (tx) => {
      await tx.update(videos).set({ title: "Зникає" }).where(eq(videos.id, video.id));
      throw undone;
    });
    await expect(change).rejects.toBe(undone);
    expect(await waiting()).toBe(0);
  });

  it("is brought over once by many at the same time, the latest state last", async () => {
    const video = await makeFindable({ title: "Початковий запис" });
    for (const title of ["Перший", "Другий", "Третій", "Останній зозулястий"]) {
      await db().update(videos).set({ title }).where(eq(videos.id, video.id));
      await Promise.all([indexAll(engine), indexAll(engine), indexAll(engine)]);
    }
    expect(await found("зозулястий")).toEqual([video.id]);
    expect(await found("початковий")).toEqual([]);
    const counted = await db().execute(
      sql`select word, documents from search_words where word in ('останній', 'перший', 'другий') order by word`,
    );
    expect([...counted]).toEqual([
      { word: "другий", documents: 0 },
      { word: "останній", documents: 1 },
      { word: "перший", documents: 0 },
    ]);
  });

  it("that removes a video for good takes its words from the counts", async () => {
    const video = await makeFindable({ title: "Єдинорогове диво" });
    await indexAll(engine);
    const counts = async () => [
      ...(await db().execute(sql`select documents from search_words where word = 'єдинорогове'`)),
    ];
    expect(await counts()).toEqual([{ documents: 1 }]);
    await db().delete(videos).where(eq(videos.id, video.id));
    expect(await found("єдинорогове")).toEqual([]);
    await indexAll(engine);
    expect(await counts()).toEqual([{ documents: 0 }]);
  });

  it("waits while its engine cannot be reached, and fails alone", async () => {
    const good = await makeFindable({ title: "Добрий підсніжник" });
    const bad = await makeFindable({ title: "Поганий підсніжник" });
    let isUp = false;
    const faulty: SearchEngine = {
      ...engine,
      health: async () => isUp,
      index: async (documents) => {
        if (documents.some(({ videoId }) => videoId === bad.id)) throw new Error("this one cannot be indexed");
        await engine.index(documents);
      },
    };
    expect(await indexChanges({ engine: faulty, signal: signal() })).toBe(0);
    expect(await waiting()).toBeGreaterThan(0);
    isUp = true;
    await expect(indexChanges({ engine: faulty, signal: signal() })).rejects.toThrow("this one cannot be indexed");
    expect(await found("підсніжник")).toEqual([good.id]);
    expect(await waiting()).toBe(1);
    await indexAll(engine);
    expect(new Set(await found("підсніжник"))).toEqual(new Set([good.id, bad.id]));
  });
});

describe("a rebuild", () => {
  it("ends with the very index that single changes make", async () => {
    for (let at = 0; at < 12; at += 1) {
      const { id } = await makeFindable({
        title: `Запис про вересень ${at}`,
        tags: ["осінь"],
        description: "Листя жовтіє",
      });
      await addSpoken(id, [[at, `сказано ${at}`]]);
      if (at % 3 === 0)
        await db()
          .update(videos)
          .set({ title: `Переписано ${at}` })
          .where(eq(videos.id, id));
      if (at % 4 === 1) await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, id));
      if (at % 2 === 0) await indexAll(engine);
    }
    await indexAll(engine);
    const incremental = await wholeIndex();
    await reindex({ engine, signal: signal() });
    expect(await wholeIndex()).toEqual(incremental);
    await db().delete(searchDocuments);
    await db().execute(sql`truncate search_words, search_stems, search_deletions restart identity`);
    await db().update(captions).set({ cuesKey: null });
    await reindex({ engine, signal: signal() });
    expect(await wholeIndex()).toEqual(incremental);
  });

  it("takes away what may not be found any more, and reads lines that nobody read", async () => {
    const gone = await makeFindable({ title: "Зайвий документ" });
    const hidden = await makeVideo({ visibility: "private", status: "ready" });
    await indexAll(engine);
    const captionId = await addSpoken(hidden.id, [[1, "тільки для своїх"]]);
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, gone.id));
    await db().delete(searchChanges);
    await reindex({ engine, signal: signal() });
    expect(await db().select().from(searchDocuments).where(eq(searchDocuments.videoId, gone.id))).toEqual([]);
    expect(await db().select().from(cues).where(eq(cues.captionId, captionId))).toHaveLength(1);
  });
});

describe("a check", () => {
  it("finds what is missing, out of date and too much, and repairs it", async () => {
    await indexAll(engine);
    const [missing, stale, extra] = [
      await makeFindable({ title: "Бракує" }),
      await makeFindable({ title: "Застаріло" }),
      await makeFindable({ title: "Забагато" }),
    ];
    await indexAll(engine);
    await db().delete(searchDocuments).where(eq(searchDocuments.videoId, missing.id));
    await db().update(videos).set({ description: "нове" }).where(eq(videos.id, stale.id));
    await db().update(videos).set({ status: "failed" }).where(eq(videos.id, extra.id));
    await db().delete(searchChanges);
    const drift = await checkEngine({ engine, signal: signal(), repair: false });
    expect(drift).toMatchObject({ missing: [missing.id], stale: [stale.id], extra: [extra.id] });
    await checkEngine({ engine, signal: signal(), repair: true });
    expect(driftSize(await findDrift({ engine, signal: signal() }))).toBe(0);
    expect(await found("бракує")).toEqual([missing.id]);
  });
});
