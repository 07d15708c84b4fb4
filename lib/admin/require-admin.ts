import type { Viewer } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";

/** The admin's id. Throws `unauthenticated` for nobody and `forbidden` for everybody else. */
export const requireAdmin = (viewer: Viewer): string => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (viewer.role !== "admin") throw new AppError("forbidden", { hint: "Only admins may do this." });
  return viewer.id;
};
