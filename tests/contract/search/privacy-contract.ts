import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { channels, users, videos } from "#lib/db/schema/index.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { addSpoken, indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { makeChannel, makeUser } from "#tests/factories/rows.ts";

type Hiding = [string, (video: { id: string; channelId: string; ownerId: string }) => Promise<unknown>];

const change =
  (values: Partial<typeof videos.$inferInsert>): Hiding[1] =>
  async ({ id }) =>
    db().update(videos).set(values).where(eq(videos.id, id));

const hidings: Hiding[] = [
  ["private", change({ visibility: "private" })],
  ["unlisted", change({ visibility: "unlisted" })],
  ["taken down", change({ takenDownAt: new Date(), takedownReason: "x" })],
  ["deleted", change({ deletedAt: new Date() })],
  ["failed", change({ status: "failed" })],
  ["not ready", change({ status: "processing" })],
  [
    "of a suspended owner",
    ({ ownerId }) => db().update(users).set({ status: "suspended" }).where(eq(users.id, ownerId)),
  ],
  [
    "of a deleted channel",
    ({ channelId }) => db().update(channels).set({ deletedAt: new Date() }).where(eq(channels.id, channelId)),
  ],
];

/** Words that stand in no other video: letters alone, so that they are told apart by more than a typo. */
const word = (at: number) => `прихованка${"абвгдежзик"[at]}${"клмнопрсту"[at]}${"фхцчшабвгд"[at]}`;

/** What nobody may find is found by no engine, in no way. */
export const privacyContract = (open: () => SearchEngine): void => {
  describe("privacy", () => {
    const made: { id: string; channelId: string; ownerId: string }[] = [];

    beforeAll(async () => {
      for (const at of hidings.keys()) {
        const ownerId = (await makeUser()).id;
        const channel = await makeChannel({ ownerId, name: `Канал ${word(at)}` });
        const { id } = await makeFindable({
          ...{ title: `Назва ${word(at)}`, tags: [`тег${word(at)}`], channelId: channel.id, creatorId: ownerId },
        });
        await addSpoken(id, [[3, `сказано ${word(at)}`]]);
        made.push({ id, channelId: channel.id, ownerId });
      }
      await indexAll(open());
    });

    const traces = async (at: number): Promise<unknown[]> => {
      const { hits, total, facets, corrected } = await open().search(searchFor(`${word(at)} `));
      const typo = await open().search(searchFor(`${word(at)}ж `));
      const begun = await open().suggest({ q: word(at).slice(0, 11), limit: 10 });
      const all = await open().search(searchFor("", { limit: 100 }));
      const values = [...Object.values(facets), ...Object.values(typo.facets)].flat();
      const id = made[at]?.id ?? "";
      return [
        ...[...hits, ...typo.hits, ...all.hits.filter((hit) => hit.videoId === id)],
        ...values,
        ...[corrected, typo.corrected].filter((text) => text !== null),
        ...begun.filter(({ text }) => text.toLowerCase().includes(word(at))),
        ...(total.count === 0 ? [] : [total]),
      ];
    };

    it.each(hidings.map(([name], at) => ({ name, at })))("finds a video until it is $name", async ({ at }) => {
      const video = made[at];
      if (video === undefined) throw new Error("made before");
      expect((await open().search(searchFor(word(at)))).hits.map(({ videoId }) => videoId)).toEqual([video.id]);
      expect(await traces(at)).not.toEqual([]);
      await hidings[at]?.[1](video);
      // In the same moment: an index that has not heard of it yet is asked for everything else.
      expect(await traces(at)).toEqual([]);
      await indexAll(open());
      expect(await traces(at)).toEqual([]);
    });
  });
};
