import { parseArgs } from "node:util";
import { rotateSigningKey } from "#lib/accounts/signing-keys.ts";
import { type Command, UsageError } from "#scripts/kinora/command.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

/** Keys that sign access tokens. */
export const keysCommand: Command = {
  help: `kinora keys rotate [--forget-old]
    Makes a new key for access tokens, which signs ten minutes later; happens by itself after 90 days. With
    --forget-old, for a key that somebody else may have, it signs at once and all tokens that are out are void.`,
  run: async ([action, ...rest]) => {
    if (action !== "rotate") throw new UsageError("Say what to do: keys rotate; see --help.");
    const { values } = parseArgs({ args: [...rest], options: { "forget-old": { type: "boolean", default: false } } });
    const forgetOld = values["forget-old"];
    const { kid } = await withDatabase(() => rotateSigningKey({ forgetOld }));
    if (forgetOld) console.log(`Key ${kid} signs now; programs get new access tokens with their refresh tokens.`);
    else
      console.log(`Key ${kid} is published and signs in ten minutes; tokens that are out stay good until they expire.`);
    return 0;
  },
};
