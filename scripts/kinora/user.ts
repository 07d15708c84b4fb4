import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createAccount } from "#lib/accounts/create-account.ts";
import { emailSchema, newPasswordSchema, usernameSchema } from "#lib/accounts/dto.ts";
import { promoteAccount } from "#lib/accounts/promote-account.ts";
import { dropSecondFactorOf } from "#lib/accounts/second-factor/drop.ts";
import { db } from "#lib/db/client.ts";
import { listAccounts } from "#lib/db/queries/instance/operator.ts";
import { type Command, required, UsageError } from "#scripts/kinora/command.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

const roleSchema = z.enum(["viewer", "creator", "admin"]);

const checked = <T>(schema: z.ZodType<T>, value: string, what: string): T => {
  const result = schema.safeParse(value);
  if (!result.success) throw new UsageError(`${what} is not valid: ${result.error.issues[0]?.message ?? value}`);
  return result.data;
};

const create = async (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      email: { type: "string" },
      username: { type: "string" },
      password: { type: "string" },
      role: { type: "string", default: "creator" },
    },
  });
  const generated = values.password === undefined ? randomBytes(15).toString("base64url") : null;
  const account = {
    email: checked(emailSchema, required(values.email, "--email"), "--email"),
    username: checked(usernameSchema, required(values.username, "--username"), "--username"),
    password: checked(newPasswordSchema, values.password ?? generated ?? "", "--password"),
    role: checked(roleSchema, values.role, "--role"),
  };
  await withDatabase(() => createAccount(account));
  console.log(`Made ${account.email} as ${account.role}.`);
  if (generated !== null) console.log(`Password: ${generated}`);
  return 0;
};

const promote = async (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { role: { type: "string", default: "admin" } },
    allowPositionals: true,
  });
  const email = required(positionals[0], "The account's e-mail address");
  const role = checked(roleSchema, values.role, "--role");
  await withDatabase(() => promoteAccount({ email, role }));
  console.log(`${email} is ${role} now; open sessions of that account have ended.`);
  return 0;
};

const dropFactor = async (args: readonly string[]) => {
  const email = required(args[0], "The account's e-mail address");
  await withDatabase(() => dropSecondFactorOf(email));
  console.log(`${email} signs in with the password alone now; open sessions of that account have ended.`);
  return 0;
};

const list = async () => {
  const accounts = await withDatabase(() => listAccounts(db(), 1000));
  for (const { email, username, role, status, createdAt } of accounts) {
    console.log([createdAt.toISOString().slice(0, 10), role.padEnd(7), status.padEnd(9), email, username].join("  "));
  }
  console.log(`${accounts.length} accounts.`);
  return 0;
};

/** Accounts from the command line. */
export const userCommand: Command = {
  help: `kinora user create --email <address> --username <name> [--password <password>] [--role viewer|creator|admin]
    Makes an account (a creator by default); without --password one is made up and printed.
kinora user promote <address> [--role viewer|creator|admin]
    Gives an account another role (admin by default).
kinora user drop-second-factor <address>
    For somebody who lost their phone and their recovery codes: signing in asks for the password alone again.
kinora user list
    Lists the accounts, newest first.`,
  run: async ([action, ...rest]) => {
    if (action === "create") return create(rest);
    if (action === "promote") return promote(rest);
    if (action === "drop-second-factor") return dropFactor(rest);
    if (action === "list") return list();
    throw new UsageError(
      "Say what to do: user create, user promote, user drop-second-factor or user list; see --help.",
    );
  },
};
