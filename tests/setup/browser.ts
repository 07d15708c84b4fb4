import { type Browser, chromium } from "playwright-core";
import { browserTool, findProgram } from "#scripts/start/install-tools.ts";

const quietArguments = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--autoplay-policy=no-user-gesture-required",
];

/**
 * Launches the system's Chromium without a window, with more arguments where a test needs some; the caller closes it. Throws
 * when there is none.
 */
export const launchBrowser = async (more: readonly string[] = []): Promise<Browser> => {
  const executablePath = await findProgram(browserTool.programs);
  if (executablePath === null) throw new Error("No Chromium on the PATH; npm test installs one or says how.");
  // Chromium's own sandbox refuses to start for root.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, headless: true, args: [...quietArguments, ...asRoot, ...more] });
};
