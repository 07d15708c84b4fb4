import { uniqueViolation } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";

/** Runs `work` and puts a taken handle into words. Throws `conflict` with `fields`. */
export const namingHandle = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (uniqueViolation(error) !== "channels_handle_key") throw error;
    throw new AppError("conflict", {
      message: "A channel with this handle exists already, or existed once.",
      hint: "Choose another handle.",
      fields: { handle: "handle_taken" },
      cause: error,
    });
  }
};
