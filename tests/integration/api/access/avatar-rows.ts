import { eq } from "drizzle-orm";
import { db } from "#lib/db/client.ts";
import { users } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { avatarKey } from "#lib/storage/keys.ts";
import { type Call, options, person, type Row, refused, type Statuses, same } from "./scene.ts";

const own = "app/api/v1/me/avatar/route.ts";
const shown = "app/api/v1/users/[username]/avatar/route.ts";

const signedIn = (status: number): Statuses => same(status, { anonymous: 401, suspended: 401 });

const ofAccount = (who: "owner" | "suspended") => async (): Promise<Partial<Call>> => {
  const { id, username } = person(who).account;
  const key = avatarKey({ userId: id, avatarId: newId() });
  await objectStore().put({ key, body: Buffer.from("a picture") });
  await db().update(users).set({ avatarKey: key }).where(eq(users.id, id));
  return { params: { username } };
};

/** Profile pictures: everybody's own, and what all others see of them. */
export const avatarRows: Row[] = [
  { case: "own picture", file: own, method: "GET", expected: signedIn(200) },
  {
    // Refused by what it is after the caller was let in.
    case: "no picture",
    file: own,
    method: "PUT",
    prepare: async () => ({ body: "no picture", headers: { "content-type": "image/png" } }),
    expected: signedIn(415),
  },
  { case: "own picture", file: own, method: "DELETE", expected: signedIn(204) },
  ...refused(own, "POST", "PATCH"),
  options(own),
  ...["GET", "HEAD"].flatMap((method): Row[] => [
    { case: "shown", file: shown, method, prepare: ofAccount("owner"), expected: same(200) },
    { case: "of a suspended account", file: shown, method, prepare: ofAccount("suspended"), expected: same(404) },
  ]),
  ...refused(shown, "POST", "PUT", "PATCH", "DELETE"),
  options(shown),
];
