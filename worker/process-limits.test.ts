import { expect, test } from "vitest";
import { type LimitSettings, limitSettings, probeLimits, runLimits } from "./process-limits.ts";

const settings: LimitSettings = {
  ...{ memoryBytes: 12 * 1024 ** 3, timeFactor: 1, stallSeconds: 60 },
  source: { maxPixels: 36_000_000, maxDurationSeconds: 43_200, maxStreams: 100 },
};
const limits = (changes: Partial<Parameters<typeof runLimits>[0]>) =>
  runLimits({ settings, durationSeconds: 60, pixels: 1920 * 1080, stallMs: null, ...changes });

test("time grows with length and pixels, memory with pixels, output with length", () => {
  const usual = limits({});
  expect(limits({ durationSeconds: 120 }).wallMs).toBe(usual.wallMs + 60 * 60_000);
  expect(limits({ pixels: 3840 * 2160 }).wallMs).toBe(600_000 + 4 * (usual.wallMs - 600_000));
  expect(limits({ pixels: 3840 * 2160 }).process.addressSpaceBytes).toBeGreaterThan(usual.process.addressSpaceBytes);
  expect(limits({ durationSeconds: 120 }).process.fileSizeBytes).toBeGreaterThan(usual.process.fileSizeBytes);
  expect(limits({ pixels: 100 }).wallMs).toBe(usual.wallMs);
});

test("what is not known counts as the most that is allowed", () => {
  expect(limits({ durationSeconds: null, pixels: null })).toEqual(
    limits({ durationSeconds: 43_200, pixels: 36_000_000 }),
  );
  expect(limits({ pixels: null }).process.addressSpaceBytes).toBe(settings.memoryBytes);
});

test("the settings stretch and cap", () => {
  const half = { ...settings, timeFactor: 0.5, memoryBytes: 2 * 1024 ** 3, stallSeconds: 5 };
  expect(limits({ settings: half }).wallMs).toBe(limits({}).wallMs / 2);
  expect(limits({ settings: half }).process.addressSpaceBytes).toBe(half.memoryBytes);
  expect(limits({ settings: half }).stallMs).toBe(5_000);
  expect(limits({ settings: half, stallMs: 900_000 }).stallMs).toBe(900_000);
  expect(probeLimits(half).wallMs).toBe(30_000);
});

test("the configuration's own values are the documented ones", () => {
  expect(limitSettings()).toEqual(settings);
});
