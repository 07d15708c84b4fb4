import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SuggestionListDto } from "#lib/search/dto.ts";
import { suggestionSource } from "./suggestion-source.ts";

type Suggestion = SuggestionListDto["items"][number];

const answerTo = (q: string): Suggestion[] => [{ kind: "query", text: `${q}!` }];

/** A source whose questions are answered by hand. */
const typing = () => {
  const asked: { q: string; signal: AbortSignal; answer: (value: Suggestion[]) => void; refuse: () => void }[] = [];
  const told: [string, readonly Suggestion[] | null][] = [];
  const source = suggestionSource({
    ask: (q, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Suggestion[]>();
      asked.push({ q, signal, answer: resolve, refuse: () => reject(new Error("refused")) });
      return promise;
    },
    onAnswer: (q, answer) => told.push([q, answer]),
  });
  return { asked, told, source };
};

describe("suggestions while typing", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("asks once for what is typed in one go", async () => {
    const { asked, told, source } = typing();
    for (const q of ["b", "bo", "bor"]) source.type(q);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.map(({ q }) => q)).toEqual(["bor"]);
    asked[0]?.answer(answerTo("bor"));
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([["bor", answerTo("bor")]]);
  });

  it("aborts what is no longer asked, and never tells its answer", async () => {
    const { asked, told, source } = typing();
    source.type("bo");
    await vi.advanceTimersByTimeAsync(200);
    source.type("bor");
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer(answerTo("bo"));
    await vi.advanceTimersByTimeAsync(200);
    asked[1]?.answer(answerTo("bor"));
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([["bor", answerTo("bor")]]);
  });

  it("answers from memory for a minute, whatever the case and the spaces", async () => {
    const { asked, told, source } = typing();
    source.type("bor");
    await vi.advanceTimersByTimeAsync(200);
    asked[0]?.answer(answerTo("bor"));
    await vi.advanceTimersByTimeAsync(0);
    source.type(" BOR");
    expect(told).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    source.type("bor");
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(2);
  });

  it("tells a refusal and asks again the next time; nothing is asked for nothing, or after the end", async () => {
    const { asked, told, source } = typing();
    source.type("x");
    await vi.advanceTimersByTimeAsync(200);
    asked[0]?.refuse();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([["x", null]]);
    source.type("x");
    source.stop();
    source.type("   ");
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
  });
});
