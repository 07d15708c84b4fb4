import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { rotateSigningKey } from "#lib/accounts/signing-keys.ts";
import { keyRing } from "#lib/playback/key-ring.ts";
import { type Command, UsageError } from "#scripts/kinora/command.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

/** The keys of media addresses that hold now, with a new one in front. */
const nextPlaybackKeys = (): string => {
  const made = { id: `k${randomBytes(3).toString("hex")}`, key: randomBytes(32) };
  return [made, ...keyRing()].map(({ id, key }) => `${id}:${key.toString("base64url")}`).join(",");
};

/** Keys that sign access tokens and media addresses. */
export const keysCommand: Command = {
  help: `kinora keys rotate [--forget-old]
    Makes a new key for access tokens, which signs ten minutes later; happens by itself after 90 days. With
    --forget-old, for a key that somebody else may have, it signs at once and all tokens that are out are void.
kinora keys playback
    Prints what PLAYBACK_KEYS may be next: a new key for media addresses, and behind it those that hold now. Changes
    nothing by itself; docs/signed-playback.md says when the old ones may go.`,
  run: async ([action, ...rest]) => {
    if (action === "playback") {
      console.log(`PLAYBACK_KEYS=${await withDatabase(async () => nextPlaybackKeys())}`);
      return 0;
    }
    if (action !== "rotate") throw new UsageError("Say what to do: keys rotate or keys playback; see --help.");
    const { values } = parseArgs({ args: [...rest], options: { "forget-old": { type: "boolean", default: false } } });
    const forgetOld = values["forget-old"];
    const { kid } = await withDatabase(() => rotateSigningKey({ forgetOld }));
    if (forgetOld) console.log(`Key ${kid} signs now; programs get new access tokens with their refresh tokens.`);
    else
      console.log(`Key ${kid} is published and signs in ten minutes; tokens that are out stay good until they expire.`);
    return 0;
  },
};
