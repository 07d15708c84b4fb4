import { db } from "#lib/db/client.ts";
import { insertOAuthAccount } from "#lib/db/queries/accounts/oauth-accounts.ts";
import { newId } from "#lib/ids.ts";
import { type Call, options, person, type Row, refused, same } from "./scene.ts";

const connections = "app/api/v1/me/connections/route.ts";
const connection = "app/api/v1/me/connections/[connectionId]/route.ts";
const code = "app/api/v1/auth/second-factor/route.ts";

const signedIn = (status: number) => same(status, { anonymous: 401, suspended: 401 });

const connectionOfOwner = async (): Promise<Partial<Call>> => {
  const id = newId();
  await insertOAuthAccount(db(), { id, userId: person("owner").account.id, provider: "github", subject: newId() });
  return { params: { connectionId: id } };
};

/** Signing in through other services. */
export const connectionRows: Row[] = [
  {
    case: "nothing under way",
    file: code,
    method: "POST",
    prepare: async () => ({ body: { totp: "000000" } }),
    expected: same(401),
  },
  ...refused(code, "GET", "PUT", "PATCH", "DELETE"),
  options(code),
  { case: "own", file: connections, method: "GET", expected: signedIn(200) },
  {
    case: "own, not configured",
    file: connections,
    method: "POST",
    prepare: async () => ({ body: { service: "github", password: "x" } }),
    expected: signedIn(400),
  },
  ...refused(connections, "PUT", "PATCH", "DELETE"),
  options(connections),
  {
    case: "the owner's",
    file: connection,
    method: "DELETE",
    prepare: connectionOfOwner,
    expected: same(404, { anonymous: 401, owner: 204, editor: 404, suspended: 401 }),
  },
  ...refused(connection, "GET", "POST", "PUT", "PATCH"),
  options(connection),
];
