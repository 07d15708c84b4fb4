import type { DurationClass } from "#lib/search/engine.ts";

const minuteMs = 60_000;

/** Which class a length belongs to. */
export const durationClassOf = (durationMs: number): DurationClass => {
  if (durationMs < 4 * minuteMs) return "short";
  return durationMs <= 20 * minuteMs ? "medium" : "long";
};
