import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { type Call, handlersOf, person, type Row, refused, type Statuses, same } from "./scene.ts";

const uploads = "app/api/v1/uploads/route.ts";
const upload = "app/api/v1/uploads/[uploadId]/route.ts";
const tus = { "tus-resumable": "1.0.0" };

/** Creates an upload of the owner's through the route itself, since its bytes need their file. */
const ownersUpload = async (): Promise<Partial<Call>> => {
  const handler = (await handlersOf(uploads)).POST;
  const headers = { ...tus, "upload-length": "4" };
  const request = makeRequest({ method: "POST", path: "/api/v1/uploads", as: person("owner"), headers });
  const location = (await handler?.(request, withParams()))?.headers.get("location") ?? "";
  const path = new URL(location, "http://kinora.test").pathname;
  return { path, params: { uploadId: path.split("/").at(-1) ?? "" }, headers: tus };
};
const appending = async (): Promise<Partial<Call>> => ({
  ...(await ownersUpload()),
  headers: { ...tus, "content-type": "application/offset+octet-stream", "upload-offset": "0" },
  body: "data",
});
/** Nobody but who began an upload learns of it. */
const uploadersOnly = (status: number): Statuses =>
  same(404, { anonymous: 401, owner: status, editor: 404, suspended: 401 });

/** Routes of this area. */
export const uploadRows: Row[] = [
  {
    case: "creation",
    file: uploads,
    method: "POST",
    prepare: async () => ({ path: "/api/v1/uploads", headers: { ...tus, "upload-length": "4" } }),
    expected: same(201, { anonymous: 401, viewer: 403, suspended: 401 }),
  },
  {
    case: "tus options",
    file: uploads,
    method: "OPTIONS",
    prepare: async () => ({ path: "/api/v1/uploads" }),
    expected: same(204),
  },
  ...refused(uploads, "GET", "PUT", "PATCH", "DELETE"),
  { case: "offset", file: upload, method: "HEAD", prepare: ownersUpload, expected: uploadersOnly(200) },
  { case: "bytes", file: upload, method: "PATCH", prepare: appending, expected: uploadersOnly(204) },
  { case: "termination", file: upload, method: "DELETE", prepare: ownersUpload, expected: uploadersOnly(204) },
  { case: "tus options", file: upload, method: "OPTIONS", prepare: ownersUpload, expected: same(204) },
  ...refused(upload, "GET", "POST", "PUT"),
];
