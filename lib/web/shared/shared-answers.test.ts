import { describe, expect, test } from "vitest";
import { createSharedAnswers } from "#lib/web/shared/shared-answers.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const setUp = (bounds = { entries: 3, bytes: 100, ageMs: 1000 }) => {
  const world: { version: string | null; now: number; made: number } = { version: "1", now: 0, made: 0 };
  const shared = createSharedAnswers({ version: async () => world.version, now: () => world.now, bounds });
  const ask = async (key: string, length = 4): Promise<string> =>
    textOf(
      await shared(key, async () => {
        world.made += 1;
        return bytesOf(String(world.made).padEnd(length));
      }),
    ).trim();
  return { world, shared, ask };
};

describe("shared answers", () => {
  test("what comes again is kept from its second time on", async () => {
    const { ask } = setUp();
    expect([await ask("a"), await ask("a"), await ask("a"), await ask("a")]).toEqual(["1", "2", "2", "2"]);
  });

  test("any commit has it made anew", async () => {
    const { ask, world } = setUp();
    for (const _ of [1, 2, 3]) await ask("a");
    world.version = "2";
    expect(await ask("a")).toBe("3");
    expect(await ask("a")).toBe("3");
  });

  test("no answer gets older than the bound, though nothing was committed", async () => {
    const { ask, world } = setUp();
    for (const _ of [1, 2]) await ask("a");
    world.now = 900;
    expect(await ask("a")).toBe("2");
    world.now = 1001;
    expect(await ask("a")).toBe("3");
  });

  test("what is asked once in a while is never kept", async () => {
    const { ask, world } = setUp();
    for (const at of [0, 1500, 3000]) {
      world.now = at;
      await ask("a");
    }
    expect(world.made).toBe(3);
  });

  test("those who ask at the same time wait for one answer", async () => {
    const { ask, world } = setUp();
    await ask("a");
    expect(await Promise.all([ask("a"), ask("a"), ask("a")])).toEqual(["2", "2", "2"]);
    expect(world.made).toBe(2);
  });

  test("a fault is told and not kept", async () => {
    const { shared, ask } = setUp();
    await ask("a");
    const fail = () =>
      shared("a", async () => {
        throw new Error("away");
      });
    await expect(Promise.all([fail(), fail()])).rejects.toThrow("away");
    expect(await ask("a")).toBe("2");
  });

  test("an answer that was made before a commit is not given to those who ask after it", async () => {
    const { shared, ask, world } = setUp();
    await ask("a");
    const { promise, resolve } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    const slow = shared("a", () => promise);
    await Promise.resolve();
    world.version = "2";
    expect(await ask("a")).toBe("2");
    resolve(bytesOf("old"));
    expect(textOf(await slow)).toBe("old");
    expect(await ask("a")).toBe("2");
  });

  test("while nobody can tell what is committed, everyone gets an answer of their own", async () => {
    const { ask, world } = setUp();
    for (const _ of [1, 2]) await ask("a");
    world.version = null;
    expect([await ask("a"), await ask("a")]).toEqual(["3", "4"]);
    world.version = "1";
    expect(await ask("a")).toBe("2");
  });

  test("room is made by what came first, by number and by size", async () => {
    const { ask, world } = setUp();
    for (const key of ["a", "b", "c", "d"]) for (const _ of [1, 2]) await ask(key);
    expect(world.made).toBe(8);
    await ask("d");
    expect(world.made).toBe(8);
    await ask("a");
    expect(world.made).toBe(9);
    await ask("big");
    await ask("big", 101);
    const before = world.made;
    await ask("big", 101);
    expect(world.made).toBe(before + 1);
  });
});
