import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { users } from "#lib/db/schema/index.ts";
import { childEnvironment } from "#lib/env.ts";
import { makePerson } from "#tests/factories/people.ts";
import { testDatabase } from "#tests/setup/database.ts";

const database = testDatabase();

test("a process that is frozen in the middle of a transaction keeps nobody waiting for long", async () => {
  const { account } = await makePerson();
  const holder = spawn(process.execPath, [fileURLToPath(new URL("hold-row.ts", import.meta.url)), account.id], {
    env: childEnvironment({ DATABASE_URL: database.url }),
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const [said] = await Promise.race([once(holder.stdout, "data"), once(holder, "exit")]);
    expect(String(said)).toBe("held\n");
    holder.kill("SIGSTOP");
    const from = performance.now();
    await db().update(users).set({ displayName: "Changed meanwhile" }).where(eq(users.id, account.id));
    expect(performance.now() - from).toBeLessThan(25_000);
  } finally {
    holder.kill("SIGKILL");
  }
});
