import { makeApiToken } from "#lib/accounts/tokens/api-tokens.ts";
import { newId } from "#lib/ids.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeSession } from "#tests/factories/rows.ts";
import { type Call, options, person, type Row, refused, same } from "./scene.ts";

const refresh = "app/api/v1/auth/refresh/route.ts";
const sessions = "app/api/v1/me/sessions/route.ts";
const session = "app/api/v1/me/sessions/[sessionId]/route.ts";
const tokens = "app/api/v1/me/tokens/route.ts";
const token = "app/api/v1/me/tokens/[tokenId]/route.ts";
const password = "app/api/v1/me/password/route.ts";
const user = "app/api/v1/admin/users/[userId]/route.ts";

const signedIn = (status: number) => same(status, { anonymous: 401, suspended: 401 });
/** Somebody's own, whatever rights others have. */
const owned = (status: number) => same(404, { anonymous: 401, owner: status, editor: 404, suspended: 401 });

const sessionOfOwner = async (): Promise<Partial<Call>> => ({
  params: { sessionId: (await makeSession({ userId: person("owner").account.id })).id },
});
const tokenOfOwner = async (): Promise<Partial<Call>> => {
  const made = await makeApiToken({
    viewer: person("owner").account,
    sessionId: null,
    token: { name: "For the table", scopes: ["videos:read"], expiresInDays: 1 },
  });
  return { params: { tokenId: made.id } };
};
const tokenBody = (scopes: string[]) => async () => ({ body: { name: "Mine", scopes, expiresInDays: 1 } });
const somebody = (body: unknown) => async () => ({ params: { userId: (await makePerson()).account.id }, body });

/** Sessions, tokens, passwords, and what admins do to accounts. */
export const sessionRows: Row[] = [
  {
    case: "made-up token",
    file: refresh,
    method: "POST",
    prepare: async () => ({ body: { refreshToken: "made-up" } }),
    expected: same(401),
  },
  ...refused(refresh, "GET", "PUT", "PATCH", "DELETE"),
  options(refresh),
  { case: "own", file: sessions, method: "GET", expected: signedIn(200) },
  { case: "own others", file: sessions, method: "DELETE", expected: signedIn(200) },
  ...refused(sessions, "POST", "PUT", "PATCH"),
  options(sessions),
  { case: "the owner's", file: session, method: "DELETE", prepare: sessionOfOwner, expected: owned(204) },
  ...refused(session, "GET", "POST", "PUT", "PATCH"),
  options(session),
  { case: "own", file: tokens, method: "GET", expected: signedIn(200) },
  { case: "own", file: tokens, method: "POST", prepare: tokenBody(["videos:read"]), expected: signedIn(201) },
  {
    case: "with an admin's scope",
    file: tokens,
    method: "POST",
    prepare: tokenBody(["admin:read"]),
    expected: same(403, { anonymous: 401, admin: 201, suspended: 401 }),
  },
  ...refused(tokens, "PUT", "PATCH", "DELETE"),
  options(tokens),
  { case: "the owner's", file: token, method: "DELETE", prepare: tokenOfOwner, expected: owned(204) },
  ...refused(token, "GET", "POST", "PUT", "PATCH"),
  options(token),
  {
    case: "wrong present one",
    file: password,
    method: "POST",
    prepare: async () => ({ body: { currentPassword: "not it", newPassword: "another quiet cinema" } }),
    expected: signedIn(400),
  },
  ...refused(password, "GET", "PUT", "PATCH", "DELETE"),
  options(password),
  {
    case: "another's role",
    file: user,
    method: "PATCH",
    prepare: somebody({ role: "viewer" }),
    expected: same(403, { anonymous: 401, admin: 200, suspended: 401 }),
  },
  {
    case: "nobody's",
    file: user,
    method: "PATCH",
    prepare: async () => ({ params: { userId: newId() }, body: { status: "active" } }),
    expected: same(403, { anonymous: 401, admin: 404, suspended: 401 }),
  },
  ...refused(user, "POST", "PUT", "DELETE"),
  options(user),
];
