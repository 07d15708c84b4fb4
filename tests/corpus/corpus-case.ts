import type { FailureCode } from "#lib/media/failures.ts";

/** Colours of the four quarters of the test picture, from the upper left, row by row. */
export type Quarters = readonly [string, string, string, string];

/** What a good file must become. */
export type ReadyExpectation = {
  outcome: "ready";
  /** Size of the largest rendition, in pixels. */
  width: number;
  height: number;
  /** Length of the video. */
  seconds: number;
  /** How far the length may be off, in seconds. */
  tolerance: number;
  /** Renditions of sound. */
  audioTracks: number;
  /** Where the colours must be; null where the picture has none of ours. */
  quarters: Quarters | null;
  /** Whether flashes and beeps must come within 40 ms of each other. */
  inSync: boolean;
};

/** How processing a file must end. */
export type Expectation = ReadyExpectation | { outcome: "failed"; code: FailureCode };

/** What a case's file is about: the chapters of docs/supported-files.md. */
export type Topic = "picture" | "time" | "sound" | "codec" | "container" | "damage";

/** One file of the corpus. */
export type CorpusCase = {
  /** File name; a person's own word for the extension counts for nothing, so it is the usual one. */
  name: string;
  /** What is special about it, for the table. */
  about: string;
  /** Writes the file to `path`; `folder` is for what it is made from. */
  make: (place: { path: string; folder: string }) => Promise<void>;
  expected: Expectation;
  /** One of the few that every `npm test` runs. */
  everyTest?: boolean;
};

/** The test picture as it is drawn. */
export const upright: Quarters = ["red", "green", "blue", "white"];

/** The usual expectation, a two-second clip of 320x180 with one track of sound, with `changes` laid over it. */
export const ready = (changes: Partial<Omit<ReadyExpectation, "outcome">> = {}): ReadyExpectation => ({
  ...{ outcome: "ready", width: 320, height: 180, seconds: 2, tolerance: 0.15, audioTracks: 1 },
  ...{ quarters: upright, inSync: false },
  ...changes,
});

/** A refusal. */
export const failed = (code: FailureCode): Expectation => ({ outcome: "failed", code });
