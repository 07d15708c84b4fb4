import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, absolute and without a trailing slash. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

/** Next's command line. */
export const nextProgram = join(projectRoot, "node_modules", "next", "dist", "bin", "next");

/** The worker's entry. */
export const workerProgram = join(projectRoot, "worker", "index.ts");
