import { sql } from "drizzle-orm";
import { transaction } from "#lib/db/client.ts";

const [userId] = process.argv.slice(2);

// Holds an account's row and says so; whoever started it freezes it then.
await transaction(async (tx) => {
  await tx.execute(sql`select 1 from users where id = ${userId ?? ""}::uuid for update`);
  process.stdout.write("held\n");
  await new Promise((done) => process.stdin.once("data", done));
});
