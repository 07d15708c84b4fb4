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
    description:
      "Marks of a channel on which you work (`channelId`, else your first one) and those that admins offer to all, at once. `mayOffer` tells whether you may make such a mark. `forbidden` for accounts that only watch.",
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
    description:
      "Of a channel, or of the instance for admins. One with a text is drawn at once by a worker; one without waits for `PUT /watermarks/{watermarkId}/image`. `conflict` beyond 50 marks of a channel, `invalid_input` for a text that cannot be drawn.",
    errors: ["not_found", "conflict", "unprocessable"],
    body: newWatermarkSchema,
    response: watermarkSchema,
    status: 201,
  },
  ({ viewer, locale, body: mark }) => createWatermark({ viewer, mark, locale }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
