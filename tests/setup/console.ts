import { afterEach, beforeEach, expect, vi } from "vitest";

const methods = ["log", "info", "warn", "error", "debug", "trace"] as const;
type Method = (typeof methods)[number];

let unexpected: string[] = [];
let expected = new Set<Method>();

/** Lets the running test write to the console with this method; any other output fails it. */
export const allowConsole = (method: Method): void => {
  expected.add(method);
};

beforeEach(() => {
  unexpected = [];
  expected = new Set();
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      if (!expected.has(method)) unexpected.push(`console.${method}: ${parts.map(String).join(" ")}`);
    });
  }
});

afterEach(() => {
  for (const method of methods) vi.mocked(console[method]).mockRestore();
  expect(unexpected, "unexpected console output").toEqual([]);
});
