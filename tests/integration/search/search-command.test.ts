import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { searchCommand } from "#scripts/kinora/search.ts";
import { makeFindable } from "#tests/factories/findable.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { startTypesenseDouble, type TypesenseDouble } from "#tests/setup/typesense/server.ts";

testDatabase();

let server: TypesenseDouble;

beforeAll(async () => {
  server = await startTypesenseDouble();
  overrideEnv({ TYPESENSE_URL: server.url, TYPESENSE_API_KEY: server.apiKey });
});
afterAll(() => server.stop());

/** What a command printed, line by line, and how it ended. */
const run = async (...words: string[]): Promise<{ status: number; lines: string[] }> => {
  const lines: string[] = [];
  for (const method of ["log", "error"] as const) {
    vi.mocked(console[method]).mockImplementation((line: unknown) => void lines.push(String(line)));
  }
  return { status: await searchCommand.run(words), lines };
};

it("rebuilds and compares both engines, and tells of one that is away without leaving the other out", async () => {
  await makeFindable({ title: "Журавель" });
  const built = await run("reindex");
  expect(built.status).toBe(0);
  expect(built.lines).toEqual([
    expect.stringMatching(/^typesense: 1 videos and 1 channels in /),
    expect.stringMatching(/^postgres: 1 videos and 1 channels in /),
  ]);
  const same = "1 videos compared; 0 missing, 0 out of date, 0 too many.";
  expect(await run("check")).toEqual({ status: 0, lines: [`typesense: ${same}`, `postgres: ${same}`] });
  server.store.collection("kinora_videos").docs.clear();
  const differing = await run("check");
  expect(differing.status).toBe(1);
  expect(differing.lines[0]).toBe("typesense: 1 videos compared; 1 missing, 0 out of date, 0 too many.");
  expect((await run("check", "--repair")).status).toBe(0);
  expect((await run("check")).status).toBe(0);
  await server.stop();
  const away = await run("reindex");
  expect(away.status).toBe(1);
  expect(away.lines[0]).toBe("typesense: The search server does not answer. Try again in a moment.");
  expect(away.lines[1]).toMatch(/^postgres: 1 videos/);
  await server.start();
  expect((await run("reindex")).status).toBe(0);
  expect(server.violations).toEqual([]);
});
