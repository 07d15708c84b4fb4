import { options, person, type Row, refused, same } from "./scene.ts";

const usage = "app/api/v1/me/usage/route.ts";
const usageOf = "app/api/v1/admin/users/[userId]/usage/route.ts";
const limits = "app/api/v1/admin/users/[userId]/limits/route.ts";
const settings = "app/api/v1/admin/settings/route.ts";

const admins = (status: number) => same(403, { anonymous: 401, admin: status, suspended: 401 });
const ownerOf = (body?: unknown) => async () => ({
  params: { userId: person("owner").account.id },
  ...(body === undefined ? {} : { body }),
});

/** What accounts use, what they may, and what the instance says. */
export const usageRows: Row[] = [
  { case: "own", file: usage, method: "GET", expected: same(200, { anonymous: 401, suspended: 401 }) },
  ...refused(usage, "POST", "PUT", "PATCH", "DELETE"),
  options(usage),
  { case: "the owner's", file: usageOf, method: "GET", prepare: ownerOf(), expected: admins(200) },
  ...refused(usageOf, "POST", "PUT", "PATCH", "DELETE"),
  options(usageOf),
  { case: "the owner's", file: limits, method: "GET", prepare: ownerOf(), expected: admins(200) },
  {
    case: "the owner's",
    file: limits,
    method: "PATCH",
    prepare: ownerOf({ storageQuotaBytes: null }),
    expected: admins(200),
  },
  ...refused(limits, "POST", "PUT", "DELETE"),
  options(limits),
  { case: "read", file: settings, method: "GET", expected: admins(200) },
  {
    case: "change",
    file: settings,
    method: "PATCH",
    prepare: async () => ({ body: { reset: ["storageQuotaBytes"] } }),
    expected: admins(200),
  },
  ...refused(settings, "POST", "PUT", "DELETE"),
  options(settings),
];
