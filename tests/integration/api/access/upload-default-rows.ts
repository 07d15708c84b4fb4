import { options, type Row, refused, same } from "./scene.ts";

const own = "app/api/v1/me/upload-defaults/route.ts";
const site = "app/api/v1/admin/upload-defaults/route.ts";

/** What uploads get that do not say otherwise: a channel's, and the instance's. */
export const uploadDefaultRows: Row[] = [
  { case: "own", file: own, method: "GET", expected: same(200, { anonymous: 401, viewer: 403, suspended: 401 }) },
  {
    case: "own",
    file: own,
    method: "PUT",
    prepare: async () => ({ body: { watermark: "none", normalize: true } }),
    expected: same(200, { anonymous: 401, viewer: 403, suspended: 401 }),
  },
  ...refused(own, "POST", "PATCH", "DELETE"),
  options(own),
  {
    case: "of the instance",
    file: site,
    method: "PUT",
    prepare: async () => ({ body: { watermarkId: null } }),
    expected: same(403, { anonymous: 401, admin: 200, suspended: 401 }),
  },
  ...refused(site, "GET", "POST", "PATCH", "DELETE"),
  options(site),
];
