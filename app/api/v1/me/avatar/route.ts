import { avatarSchema } from "#lib/accounts/avatar/dto.ts";
import { getAvatar } from "#lib/accounts/avatar/get-avatar.ts";
import { removeAvatar } from "#lib/accounts/avatar/remove-avatar.ts";
import { sendAvatar } from "#lib/accounts/avatar/send-avatar.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { readBytes } from "#lib/web/read-body.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.avatar",
    scope: "account:read",
    summary: "Your profile picture",
    description: "Its address, whether one that was sent is still being made, and why the last one could not be made.",
    response: avatarSchema,
  },
  ({ viewer, locale }) => getAvatar({ viewer, locale }),
);

/** Takes a JPEG, PNG or WebP as it is, up to 10 MiB. */
export const PUT = route(
  {
    name: "me.sendAvatar",
    scope: "account:write",
    summary: "Send your profile picture",
    description:
      "A still JPEG, PNG or WebP, at most 10 MiB and 36 megapixels. The largest square of its middle becomes a picture of 256 × 256 without any of its metadata; the one before stays until then, and when it cannot be read. `GET` tells when.",
    errors: ["too_large", "unsupported_media_type", "unprocessable"],
    openapi: { requestContent: { "image/jpeg": "bytes", "image/png": "bytes", "image/webp": "bytes" } },
    response: avatarSchema,
    status: 202,
  },
  ({ viewer, locale, request }) => sendAvatar({ viewer, locale, read: (limit) => readBytes(request, limit) }),
);

export const DELETE = route(
  {
    name: "me.removeAvatar",
    scope: "account:write",
    summary: "Remove your profile picture",
    description: "Its bytes go at once, and one that is just being made goes too. Without a picture nothing happens.",
  },
  ({ viewer }) => removeAvatar(viewer),
);

export const { POST, PATCH, OPTIONS } = otherMethods("GET", "PUT", "DELETE");
