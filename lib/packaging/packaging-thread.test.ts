import { expect, test } from "vitest";
import { PackagingThread, PackagingThreadLost } from "#lib/packaging/packaging-thread.ts";

const request = {
  what: "segment" as const,
  source: { path: "/nowhere/at/all" },
  rung: {
    ...{ reader: "tables" as const, zeroSeconds: 0, audio: [] },
    video: {
      ...{ rendition: "source", streamIndex: 0, codecs: "avc1.64001f", timescale: 1000, starts: [0], endTicks: 1000 },
      ...{ bandwidth: { peak: 1, average: 1 }, sizeBytes: 1 },
    },
  },
  rendition: "source",
  index: 0,
};
const never = new AbortController().signal;

test("a request that takes too long costs the thread, each one anew, and nothing stays behind", async () => {
  // A thread does not even start within a millisecond.
  const thread = new PackagingThread({ timeoutMs: 1 });
  const asked = [thread.ask(request, never), thread.ask(request, never)];
  const settled = await Promise.allSettled(asked);
  expect(settled.map((one) => one.status === "rejected" && one.reason instanceof PackagingThreadLost)).toEqual([
    true,
    true,
  ]);
  await thread.close();
});

test("faults of one request leave the thread to the next; shutting down rejects what waits", async () => {
  const thread = new PackagingThread({ timeoutMs: 60_000 });
  for (let round = 0; round < 2; round += 1) {
    expect(await thread.ask(request, never)).toMatchObject({ fault: { code: "not_found" } });
  }
  const waiting = [thread.ask(request, never), thread.ask(request, never)];
  const closed = Promise.allSettled(waiting);
  await thread.close();
  expect((await closed).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
}, 60_000);
