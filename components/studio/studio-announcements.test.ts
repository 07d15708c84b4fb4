import { describe, expect, it } from "vitest";
import type { RowState } from "./row-state.ts";
import { announcements } from "./studio-announcements.ts";

const uploading = (percent: number): RowState => ({
  kind: "uploading",
  percent,
  bytesPerSecond: null,
  secondsLeft: null,
  playable: false,
});
const ready: RowState = { kind: "ready", qualities: 3, improving: null };
const spoken = (before: RowState, state: RowState) =>
  announcements(new Map([["a", before]]), [{ key: "a", title: "Clip", state }]);

describe("announcements", () => {
  it("speaks at each quarter of an upload and not at each percent", () => {
    expect(spoken(uploading(24), uploading(26))).toEqual([{ kind: "uploadShare", title: "Clip", quarter: 25 }]);
    expect(spoken(uploading(26), uploading(49))).toEqual([]);
    expect(spoken(uploading(10), uploading(80))).toEqual([{ kind: "uploadShare", title: "Clip", quarter: 75 }]);
  });

  it("speaks once when a video becomes ready, and not about rows that are new", () => {
    expect(spoken({ kind: "received" }, ready)).toEqual([{ kind: "ready", title: "Clip" }]);
    expect(spoken(ready, ready)).toEqual([]);
    expect(announcements(new Map(), [{ key: "b", title: "Other", state: ready }])).toEqual([]);
  });
});
