import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LaunchError } from "#scripts/start/launch-error.ts";

/** Paths inside a data folder that the launcher keeps. */
export const dataPaths = (dataDir: string) => ({
  runDir: join(dataDir, "run"),
  logsDir: join(dataDir, "logs"),
  postgresPassword: join(dataDir, "postgres-password"),
  authSecret: join(dataDir, "auth-secret"),
});

/** Made here and not by their users, whose default mode lets everyone on the machine read private videos. */
const privateFolders = ["run", "logs", "storage", "uploads", "scratch"] as const;

/**
 * Makes the data folder with its subfolders. Others may pass through it when root owns it, because PostgreSQL then runs as
 * someone else, but may not look into it. Throws `LaunchError` when it cannot be made or written.
 */
export const ensureDataDir = async (dataDir: string): Promise<void> => {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  try {
    await mkdir(dataDir, { recursive: true, mode });
    for (const name of privateFolders) await mkdir(join(dataDir, name), { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
  } catch (cause) {
    throw new LaunchError(`The data folder ${dataDir} cannot be written; set DATA_DIR to a folder that can.`, {
      cause,
    });
  }
};
