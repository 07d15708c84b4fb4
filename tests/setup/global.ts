import type { TestProject } from "vitest/node";
import { startTestServer, type TestServer } from "#tests/setup/test-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string;
    template: string;
  }
}

type Shared = { kinoraTestServer?: { started: Promise<TestServer>; users: number } };
// Every project that names this file loads it anew; the server must still be one.
const shared = globalThis as typeof globalThis & Shared;

/** Starts the one PostgreSQL of the test run, and stops it when the last project has ended. */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  shared.kinoraTestServer ??= { started: startTestServer(), users: 0 };
  const { kinoraTestServer } = shared;
  kinoraTestServer.users += 1;
  const server = await kinoraTestServer.started;
  project.provide("adminUrl", server.adminUrl);
  project.provide("template", server.template);
  return async () => {
    kinoraTestServer.users -= 1;
    if (kinoraTestServer.users > 0) return;
    delete shared.kinoraTestServer;
    await server.stop();
  };
};

export default setup;
