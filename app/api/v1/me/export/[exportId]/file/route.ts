import { downloadExport } from "#lib/accounts/leaving/download-export.ts";
import { fileDescription } from "#lib/web/openapi/raw/files.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { accountExportParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";

export const GET = rawRoute(
  {
    name: "me.export.download",
    scope: "session",
    summary: "Download the file with your data",
    description:
      "A zip, only for the account that it is about. Ranges are answered, so that a download can go on. `not_found` while it is made, `gone` when its week is over.",
    errors: ["gone", "range_not_satisfiable"],
    openapi: fileDescription({ "application/zip": "bytes" }),
    params,
  },
  ({ viewer, params: { exportId }, request, requestId }) => downloadExport({ viewer, exportId, request, requestId }),
);

export const HEAD = GET;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
