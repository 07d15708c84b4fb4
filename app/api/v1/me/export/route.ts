import { accountExportListSchema, accountExportSchema } from "#lib/accounts/leaving/dto.ts";
import { listExports, requestExport } from "#lib/accounts/leaving/export-data.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.export.list",
    scope: "session",
    summary: "The files with your data",
    description:
      "The last ten, newest first, with their states and the addresses of those that can be downloaded. They are asked for by `POST /me/export`.",
    response: accountExportListSchema,
  },
  ({ viewer }) => listExports(viewer),
);

export const POST = route(
  {
    name: "me.export.request",
    scope: "session",
    summary: "Ask for a file with all that is kept of your account",
    description:
      "A job makes a zip of JSON files; a notice and a mail tell when it is ready. It can be downloaded for a week. One at a time, and three within a day.",
    errors: ["conflict"],
    response: accountExportSchema,
    status: 202,
  },
  ({ viewer, address }) => requestExport({ viewer, address }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
