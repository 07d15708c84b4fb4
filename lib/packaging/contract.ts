import type { Probe } from "#lib/media/probe/probe.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";

/** Where a source lies: a local path, or a key of the object store that is read by ranges. */
export type SourceLocation = { path: string } | { key: string };

/** The source as a rung, or why it needs an encoder; `refused` is English, for the log. */
export type SourceRungAnswer = { rung: Omit<SourceRung, "keep"> } | { refused: string };

/** What the thread is asked; `prepare`: to read the index ahead of the question for the rung. */
export type PackagingRequest =
  | { what: "prepare"; source: SourceLocation; targetSeconds: number }
  | { what: "rung"; source: SourceLocation; probe: Probe; targetSeconds: number }
  | {
      what: "segment";
      source: SourceLocation;
      rung: Pick<SourceRung, "reader" | "zeroSeconds" | "video" | "audio">;
      rendition: string;
      index: number | "init";
    };

/** A fault on its way out of the thread; `unprocessable`: the source no longer is what it was when it was read. */
export type PackagingFault = { code: "not_found" | "unprocessable" | "internal"; text: string };

/** What it answers: that it looked, the source as a rung, the bytes of a segment, or a fault. */
export type PackagingAnswer =
  | { prepared: true }
  | { rung: SourceRungAnswer }
  | { bytes: Uint8Array<ArrayBuffer> }
  | { fault: PackagingFault };
