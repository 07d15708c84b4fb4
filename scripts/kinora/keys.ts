import { rotateSigningKey } from "#lib/accounts/signing-keys.ts";
import { type Command, UsageError } from "#scripts/kinora/command.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

/** Keys that sign access tokens. */
export const keysCommand: Command = {
  help: `kinora keys rotate
    Signs access tokens with a new key from now on. Tokens that are out stay good until they expire.
    Happens by itself after 90 days.`,
  run: async ([action]) => {
    if (action !== "rotate") throw new UsageError("Say what to do: keys rotate; see --help.");
    const { kid } = await withDatabase(rotateSigningKey);
    console.log(`Key ${kid} signs now; the one before stays published for an hour.`);
    return 0;
  },
};
