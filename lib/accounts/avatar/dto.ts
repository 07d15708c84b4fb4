import { z } from "zod";
import { avatarFailures } from "#lib/accounts/avatar/avatar-choice.ts";

/** The caller's profile picture. */
export const avatarSchema = z
  .object({
    avatarUrl: z.string().nullable(),
    making: z.boolean().describe("Whether a sent picture is being made into the profile picture."),
    failure: z
      .object({ code: z.enum(avatarFailures), message: z.string(), hint: z.string() })
      .nullable()
      .describe("Why the last picture could not be made; the one before stays."),
  })
  .meta({ id: "Avatar" });
/** See `avatarSchema`. */
export type AvatarDto = z.output<typeof avatarSchema>;
