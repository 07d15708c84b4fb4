import { describe, expect, it } from "vitest";
import { worthPreparing } from "./worth-preparing.ts";

const times = (count: number, ask: () => boolean) => Array.from({ length: count }, ask);

describe("statements that the server keeps", () => {
  it("are reads that were seen twice before", () => {
    const isWorth = worthPreparing();
    expect(times(4, () => isWorth("select 1 where $1"))).toEqual([false, false, true, true]);
    expect(times(4, () => isWorth("\n with a as (select 1) select 2"))).toEqual([false, false, true, true]);
    expect(times(4, () => isWorth("insert into a values ($1)"))).toEqual([false, false, false, false]);
  });

  it("are not those that look for a part of a text: how many rows that is depends on the part", () => {
    const isWorth = worthPreparing();
    const looking = "select 1 from videos where title::text ilike $1 limit 26";
    expect(times(5, () => isWorth(looking))).toEqual([false, false, false, false, false]);
  });

  it("are never more than some hundreds, however many texts there are", () => {
    const isWorth = worthPreparing();
    const texts = Array.from({ length: 1000 }, (_, at) => `select ${at}`);
    for (let round = 0; round < 4; round += 1) for (const text of texts) isWorth(text);
    expect(texts.filter((text) => isWorth(text))).toHaveLength(300);
  });

  it("are not those of which each is asked once", () => {
    const isWorth = worthPreparing();
    for (let at = 0; at < 10_000; at += 1) expect(isWorth(`select ${at}`)).toBe(false);
    expect(times(3, () => isWorth("select again"))).toEqual([false, false, true]);
  });
});
