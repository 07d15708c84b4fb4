import { newId } from "#lib/ids.ts";
import { makePerson } from "#tests/factories/people.ts";
import { site } from "#tests/factories/requests.ts";
import { type Call, options, person, type Row, refused, same } from "./scene.ts";

const me = "app/api/v1/me/route.ts";
const signup = "app/api/v1/auth/signup/route.ts";
const token = "app/api/v1/auth/token/route.ts";
const setup = "app/api/v1/auth/setup/route.ts";
const logout = "app/api/v1/auth/logout/route.ts";
const nextAuth = "app/api/auth/[...nextauth]/route.ts";

const newAccount = async (): Promise<Partial<Call>> => {
  const name = `new-${newId().slice(-12)}`;
  return { body: { email: `${name}@example.org`, username: name, password: "quiet cinema seats" } };
};

/** Routes of this area. */
export const accountRows: Row[] = [
  { case: "own account", file: me, method: "GET", expected: same(200, { anonymous: 401, suspended: 401 }) },
  {
    case: "own account",
    file: me,
    method: "PATCH",
    prepare: async () => ({ body: { displayName: "Somebody" } }),
    expected: same(200, { anonymous: 401, suspended: 401 }),
  },
  ...refused(me, "POST", "PUT"),
  options(me),
  {
    case: "own events",
    file: "app/api/v1/me/events/route.ts",
    method: "GET",
    expected: same(200, { anonymous: 401, suspended: 401 }),
  },
  ...refused("app/api/v1/me/events/route.ts", "POST", "PUT", "PATCH", "DELETE"),
  options("app/api/v1/me/events/route.ts"),
  { case: "open sign-up", file: signup, method: "POST", prepare: newAccount, expected: same(201) },
  ...refused(signup, "GET", "PUT", "PATCH", "DELETE"),
  options(signup),
  {
    case: "wrong password",
    file: token,
    method: "POST",
    prepare: async () => ({ body: { email: person("owner").account.email, password: "not the password" } }),
    expected: same(401),
  },
  ...refused(token, "GET", "PUT", "PATCH", "DELETE"),
  options(token),
  {
    case: "made-up token",
    file: setup,
    method: "POST",
    prepare: async () => ({ body: { ...Object((await newAccount()).body), token: "made-up" } }),
    expected: same(403),
  },
  ...refused(setup, "GET", "PUT", "PATCH", "DELETE"),
  options(setup),
  // A session of its own: the scene's people go on.
  {
    case: "session",
    file: logout,
    method: "POST",
    prepare: async () => ({ headers: { cookie: (await makePerson()).cookie, origin: site } }),
    expected: same(204),
  },
  ...refused(logout, "GET", "PUT", "PATCH", "DELETE"),
  options(logout),
  { case: "session", file: nextAuth, method: "GET", prepare: async () => nextAuthCall("session"), expected: same(200) },
  {
    case: "log-in without next-auth's own token",
    file: nextAuth,
    method: "POST",
    prepare: async () => ({ ...nextAuthCall("callback/credentials"), body: { email: "a@b.example", password: "x" } }),
    expected: same(302),
  },
  ...refused(nextAuth, "PUT", "PATCH", "DELETE"),
  options(nextAuth),
];

const nextAuthCall = (path: string): Partial<Call> => ({
  params: { nextauth: path.split("/") },
  path: `/api/auth/${path}`,
});
