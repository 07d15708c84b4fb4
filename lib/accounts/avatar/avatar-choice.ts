import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

/** Why a sent picture could not be made into a profile picture. The words are in the message files (`avatars.failures.<code>`). */
export const avatarFailures = ["image_unreadable", "image_too_large"] as const;
/** See `avatarFailures`. */
export type AvatarFailure = (typeof avatarFailures)[number];

/** A picture that is being made, as `users.avatar_choice` holds it; a later one replaces it. */
export const avatarChoiceSchema = z.object({
  /** Only the making that knows it may end it; also the id of the picture that comes of it. */
  id: idSchema,
  sentKey: z.string(),
  format: z.enum(["jpeg", "png", "webp"]),
  /** Why it could not be made; null while it is being made. */
  failureCode: z.enum(avatarFailures).nullable(),
});
/** See `avatarChoiceSchema`. */
export type AvatarChoice = z.output<typeof avatarChoiceSchema>;

/** The choice that a row holds, or null. */
export const avatarChoiceOf = (row: { avatarChoice: unknown }): AvatarChoice | null =>
  avatarChoiceSchema.nullable().parse(row.avatarChoice ?? null);
