import { expect, test, vi } from "vitest";
import { EmbeddedDatabase } from "#scripts/start/embedded-database.ts";
import { startPostgres } from "#scripts/start/postgres/server.ts";

vi.mock("#scripts/start/postgres/server.ts", () => ({
  startPostgres: vi.fn(),
  stopPostgres: vi.fn(async () => undefined),
}));
vi.mock("#scripts/start/process-record.ts", () => ({
  writeRecord: vi.fn(async () => undefined),
  removeRecord: vi.fn(async () => undefined),
}));

/** A server that has died as soon as somebody watches it. */
const dyingServer = () => ({
  child: {
    pid: 1,
    once: (_event: string, heard: (code: number, by: null) => void) => queueMicrotask(() => heard(1, null)),
  },
  port: 1,
  url: () => "postgres://nowhere",
});

test("stopping waits for a restart that is under way and begins no further one", async () => {
  vi.useFakeTimers();
  const interrupted = Promise.withResolvers<never>();
  vi.mocked(startPostgres)
    .mockResolvedValueOnce(dyingServer() as never)
    .mockReturnValueOnce(interrupted.promise);
  const database = new EmbeddedDatabase({ dataDir: "/nowhere", signal: AbortSignal.abort(), onDeath: () => undefined });
  await database.start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(startPostgres).toHaveBeenCalledTimes(2);
  let stopped = false;
  const stopping = database.stop({ graceMs: 1, hurry: new AbortController().signal }).then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(stopped).toBe(false);
  interrupted.reject(new Error("told to stop"));
  await stopping;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(startPostgres).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
