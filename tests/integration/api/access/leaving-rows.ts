import { newId } from "#lib/ids.ts";
import { options, type Row, refused, same } from "./scene.ts";

const me = "app/api/v1/me/route.ts";
const preview = "app/api/v1/me/leaving/route.ts";
const restore = "app/api/v1/me/restore/route.ts";

const data = "app/api/v1/me/export/route.ts";
const file = "app/api/v1/me/export/[exportId]/file/route.ts";

const signedIn = (status: number) => same(status, { anonymous: 401, suspended: 401 });

/** Leaving for good, coming back, and what one takes along. */
export const leavingRows: Row[] = [
  {
    case: "own, another username",
    file: me,
    method: "DELETE",
    prepare: async () => ({ body: { username: "somebody-else", password: "x" } }),
    expected: signedIn(400),
  },
  { case: "own", file: preview, method: "GET", expected: signedIn(200) },
  ...refused(preview, "POST", "PUT", "PATCH", "DELETE"),
  options(preview),
  { case: "nobody is leaving", file: restore, method: "POST", expected: same(401) },
  ...refused(restore, "GET", "PUT", "PATCH", "DELETE"),
  options(restore),
  { case: "own", file: data, method: "GET", expected: signedIn(200) },
  { case: "own", file: data, method: "POST", expected: signedIn(202) },
  ...refused(data, "PUT", "PATCH", "DELETE"),
  options(data),
  ...["GET", "HEAD"].map((method) => ({
    case: "no such file",
    file,
    method,
    prepare: async () => ({ params: { exportId: newId() } }),
    expected: signedIn(404),
  })),
  ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
  options(file),
];
