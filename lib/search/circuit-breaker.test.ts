import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { createCircuitBreaker } from "./circuit-breaker.ts";

const outage = new Error("outage");

const make = () => {
  const clock = { now: 0 };
  const probe = vi.fn(async () => false);
  const breaker = createCircuitBreaker({
    ...{ isOutage: (error) => error === outage, probe, pauseMs: 100, longestPauseMs: 300, now: () => clock.now },
  });
  const fail = () => breaker.run(() => Promise.reject(outage)).catch((error: unknown) => error);
  return { clock, probe, breaker, fail };
};

describe("a circuit breaker", () => {
  it("lets work through and passes its faults on", async () => {
    const { breaker } = make();
    expect(await breaker.run(async () => 7)).toBe(7);
    await expect(breaker.run(() => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
    expect(breaker.isAway()).toBe(false);
  });

  it("closes at the first outage and calls nothing while it is closed", async () => {
    const { breaker, fail, probe } = make();
    expect(await fail()).toBe(outage);
    const work = vi.fn(async () => 1);
    await expect(breaker.run(work)).rejects.toMatchObject({ code: "unavailable" });
    expect(work).not.toHaveBeenCalled();
    expect(probe).not.toHaveBeenCalled();
  });

  it("probes once after the pause and opens when that succeeds", async () => {
    const { breaker, fail, probe, clock } = make();
    await fail();
    clock.now = 100;
    const answer = Promise.withResolvers<boolean>();
    probe.mockReturnValue(answer.promise);
    await expect(breaker.run(async () => 1)).rejects.toMatchObject({ code: "unavailable" });
    await expect(breaker.run(async () => 1)).rejects.toMatchObject({ code: "unavailable" });
    answer.resolve(true);
    await nextTurn();
    expect(probe).toHaveBeenCalledTimes(1);
    expect(await breaker.run(async () => 1)).toBe(1);
  });

  it("lets one caller go first after the pause, and all when that one's work has succeeded", async () => {
    const { breaker, fail, probe, clock } = make();
    await fail();
    clock.now = 100;
    probe.mockResolvedValue(true);
    await fail();
    await nextTurn();
    const first = Promise.withResolvers<number>();
    const trial = breaker.run(() => first.promise);
    await expect(breaker.run(async () => 2)).rejects.toMatchObject({ code: "unavailable" });
    first.resolve(1);
    expect(await trial).toBe(1);
    expect(await Promise.all([breaker.run(async () => 2), breaker.run(async () => 3)])).toEqual([2, 3]);
  });

  it("waits longer from probe to probe, up to the longest pause, until work has succeeded", async () => {
    const { fail, probe, clock } = make();
    await fail();
    const probedAt: number[] = [];
    for (clock.now = 0; clock.now <= 1200; clock.now += 50) {
      const before = probe.mock.calls.length;
      await fail();
      await nextTurn();
      if (probe.mock.calls.length > before) probedAt.push(clock.now);
    }
    expect(probedAt).toEqual([100, 300, 600, 900, 1200]);
  });
});
