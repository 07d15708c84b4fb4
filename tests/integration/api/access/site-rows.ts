import { options, person, type Row, refused, same } from "./scene.ts";

const channel = "app/api/v1/channels/[handle]/route.ts";
const open = (file: string): Row[] => [
  { case: "open", file, method: "GET", expected: same(200) },
  ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
  options(file),
];

/** Routes of this area. */
export const siteRows: Row[] = [
  {
    case: "a channel",
    file: channel,
    method: "GET",
    prepare: async () => ({ params: { handle: person("owner").handle } }),
    expected: same(200, { suspended: 401 }),
  },
  ...refused(channel, "POST", "PUT"),
  options(channel),
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].map((method) => ({
    case: "unknown address",
    file: "app/api/[[...rest]]/route.ts",
    method,
    prepare: async () => ({ params: { rest: ["v1", "nothing"] } }),
    expected: same(404),
  })),
  ...open("app/healthz/route.ts"),
  ...open("app/readyz/route.ts"),
  ...open("app/metrics/route.ts"),
  ...open("app/.well-known/jwks.json/route.ts"),
  ...open("app/api/v1/openapi.json/route.ts"),
];
