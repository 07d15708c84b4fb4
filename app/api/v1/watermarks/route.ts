import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { createWatermark } from "#lib/watermarks/create-watermark.ts";
import { newWatermarkSchema, watermarkListSchema, watermarkSchema } from "#lib/watermarks/dto.ts";
import { listWatermarks } from "#lib/watermarks/list-watermarks.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

const query = z.strictObject({ channelId: idSchema.optional() });

export const GET = route(
  {
    name: "watermarks.list",
    scope: "videos:read",
    summary: "Watermarks that a video may carry",
    query,
    response: watermarkListSchema,
  },
  ({ viewer, locale, query: { channelId } }) => listWatermarks({ viewer, locale, channelId }),
);

export const POST = route(
  {
    name: "watermarks.create",
    scope: "videos:write",
    summary: "New watermark",
    errors: ["not_found", "conflict", "unprocessable"],
    body: newWatermarkSchema,
    response: watermarkSchema,
    status: 201,
  },
  ({ viewer, locale, body: mark }) => createWatermark({ viewer, mark, locale }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
