import { expect, test } from "vitest";
import type { SourceRung } from "#lib/media/source/source-rung.ts";
import { createSegmentMaker, type SegmentMakerParts, type WantedSegment } from "#lib/playback/segment-maker.ts";
import { livePlan } from "#tests/factories/live-plan.ts";

const rung = livePlan("avc").source as SourceRung;
const wanted = (index: number): WantedSegment => ({
  ...{ key: `runs/v/r/source/${index}.m4s`, runId: "r", sourceKey: "originals/v/u", rung, rendition: "source", index },
});

/** A maker whose packaging ends when the test says so. */
const made = (changes: Partial<SegmentMakerParts> = {}) => {
  const asked: (number | "init")[] = [];
  const stored: string[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const maker = createSegmentMaker({
    store: {
      put: async ({ key, ifAbsent }: { key: string; ifAbsent?: boolean }) => {
        if (ifAbsent === true) stored.push(key);
        return { created: true };
      },
      remove: async (key: string) => {
        stored.splice(stored.indexOf(key), 1);
      },
    } as unknown as SegmentMakerParts["store"],
    packageSegment: async ({ index }) => {
      asked.push(index);
      const end = Promise.withResolvers<void>();
      ends.push(end);
      await end.promise;
      return Uint8Array.of(Number(index));
    },
    isSwept: async () => false,
    counted: async (_runId, put) => {
      await put();
    },
    atOnce: 2,
    maxWaiting: 2,
    ...changes,
  });
  return { maker, asked, stored, end: (index: number) => ends[index]?.resolve(), begun: () => ends.length };
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("equal questions at the same time are answered by one making, which is then stored", async () => {
  const { maker, asked, stored, end } = made();
  const answers = [maker.make(wanted(7)), maker.make(wanted(7)), maker.make(wanted(7))];
  await settle();
  end(0);
  expect(await Promise.all(answers)).toEqual([Uint8Array.of(7), Uint8Array.of(7), Uint8Array.of(7)]);
  await maker.close();
  expect([asked, stored]).toEqual([[7], [wanted(7).key]]);
});

test("no more are made at once than allowed, and too many are told to come again", async () => {
  const { maker, begun, end } = made();
  const four = [0, 1, 2, 3].map((index) => maker.make(wanted(index)));
  await settle();
  expect(begun()).toBe(2);
  await expect(maker.make(wanted(4))).rejects.toMatchObject({ code: "unavailable" });
  for (const index of [0, 1, 2, 3]) {
    end(index);
    await four[index];
    await settle();
  }
  const again = maker.make(wanted(4));
  await settle();
  end(4);
  expect(await again).toEqual(Uint8Array.of(4));
});

test("what was made for a run that has gone does not stay, and a fault is not remembered", async () => {
  const gone = made({ isSwept: async () => true });
  const answer = gone.maker.make(wanted(1));
  await settle();
  gone.end(0);
  await answer;
  await gone.maker.close();
  expect(gone.stored).toEqual([]);
  let broken = true;
  const flaky = made({
    packageSegment: async () => {
      if (broken) throw new Error("the file is away");
      return Uint8Array.of(9);
    },
  });
  await expect(flaky.maker.make(wanted(9))).rejects.toThrow("away");
  broken = false;
  expect(await flaky.maker.make(wanted(9))).toEqual(Uint8Array.of(9));
});
