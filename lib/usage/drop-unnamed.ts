import { AppError } from "#lib/errors.ts";
import { objectStore } from "#lib/storage/index.ts";

/**
 * For the `catch` of a transaction that should have named stored objects: removes them when it was refused, because nobody
 * counts what no row names, and throws the error on. When the database went away at that moment it may have committed:
 * then they stay, and a sweep looks at them later.
 */
export const dropUnnamed =
  (...keys: readonly string[]) =>
  async (error: unknown): Promise<never> => {
    if (error instanceof AppError && error.code !== "unavailable") {
      for (const key of keys) await objectStore().remove(key);
    }
    throw error;
  };
