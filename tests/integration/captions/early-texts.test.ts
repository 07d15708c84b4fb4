import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import type { TextResult } from "#lib/media/captions/caption-result.ts";
import { followUp } from "#lib/processing/follow-up.ts";
import { captionKey } from "#lib/storage/keys.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeRun, makeRunStep, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const ownVideo = async (values: Partial<typeof videos.$inferInsert>) => {
  const owner = await makePerson();
  return makeVideo({
    ...{ creatorId: owner.account.id, channelId: owner.channelId, durationMs: 60_000, visibility: "public" },
    ...{ publishedAt: new Date(), ...values },
  });
};

const words = (videoId: string, label: string): TextResult => {
  const id = newId();
  const key = captionKey({ videoId, captionId: id, version: 1 });
  const facts = { kind: "subtitles" as const, isDefault: false, sizeBytes: 8, cueCount: 1 };
  return { captions: [{ id, key, language: "en", label, ...facts }], chapters: [{ startMs: 0, title: label }] };
};

/** A text step of a running run that has just ended. */
const endText = async (videoId: string, result: TextResult) => {
  const run = await makeRun({ videoId });
  await makeRunStep({ runId: run.id, kind: "text", state: "done", result, required: false });
  await makeRunStep({ runId: run.id, kind: "encode", state: "running" });
  await transaction((tx) => followUp(tx, { run, kind: "text", result }));
};

const shown = async (videoId: string) => {
  const { playback } = await getVideo({ viewer: null, videoId });
  return { captions: playback.captions.map(({ label }) => label), chapters: playback.chapters };
};

test("the words of a video's first file are there as soon as they are read", async () => {
  const { id } = await ownVideo({ status: "processing" });
  await endText(id, words(id, "English"));
  expect(await shown(id)).toEqual({ captions: ["English"], chapters: [{ startMs: 0, title: "English" }] });
});

test("words of a later run wait until its picture takes the place of what plays", async () => {
  const { id } = await ownVideo({ status: "ready" });
  const published = await makeRun({ videoId: id, state: "published" });
  await db().update(videos).set({ currentRunId: published.id }).where(eq(videos.id, id));
  await endText(id, words(id, "Another film's"));
  expect(await shown(id)).toEqual({ captions: [], chapters: [] });
});
