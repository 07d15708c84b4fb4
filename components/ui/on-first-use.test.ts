import { expect, test } from "vitest";
import { onFirstUse } from "#components/ui/on-first-use.ts";

test("code is fetched once, when it is asked for", async () => {
  let fetches = 0;
  const code = onFirstUse(async () => {
    fetches += 1;
    return { fetches };
  });
  expect(code.now()).toBeNull();
  code.warm();
  expect(await code.load()).toEqual({ fetches: 1 });
  expect(await code.load()).toEqual({ fetches: 1 });
  expect(code.now()).toEqual({ fetches: 1 });
});

test("a fetch that failed is tried again by whoever asks next, and warming up keeps quiet about it", async () => {
  let isAway = true;
  const code = onFirstUse(async () => {
    if (isAway) throw new Error("away");
    return "there";
  });
  code.warm();
  await expect(code.load()).rejects.toThrow("away");
  expect(code.now()).toBeNull();
  isAway = false;
  expect(await code.load()).toBe("there");
});
