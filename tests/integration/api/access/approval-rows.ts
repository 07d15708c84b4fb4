import { makePerson } from "#tests/factories/people.ts";
import { options, type Row, refused, same } from "./scene.ts";

const reject = "app/api/v1/admin/users/[userId]/reject/route.ts";

/** Only admins. */
const adminsOnly = (status: number) => same(403, { anonymous: 401, suspended: 401, admin: status });

const account = (status: "pending" | "active") => async () => ({
  params: { userId: (await makePerson({ status })).account.id },
  body: {},
});

/** Accounts that wait for an admin. */
export const approvalRows: Row[] = [
  { case: "one that waits", file: reject, method: "POST", prepare: account("pending"), expected: adminsOnly(204) },
  { case: "one that was let in", file: reject, method: "POST", prepare: account("active"), expected: adminsOnly(409) },
  ...refused(reject, "GET", "PUT", "PATCH", "DELETE"),
  options(reject),
];
