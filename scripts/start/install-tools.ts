import { stat, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { childEnvironment, env } from "#lib/env.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { runCommand } from "#scripts/start/run-command.ts";

/** A program Kinora calls, and the package that brings it, by package manager. */
export type Tool = { programs: readonly string[]; packages: Partial<Record<ManagerName, string>> };

type ManagerName = "apt-get" | "dnf" | "apk" | "pacman" | "brew";

const managers: readonly { name: ManagerName; prepare: readonly string[] | null; install: readonly string[] }[] = [
  { name: "apt-get", prepare: ["update", "-qq"], install: ["install", "-y", "-qq", "--no-install-recommends"] },
  { name: "dnf", prepare: null, install: ["install", "-y", "-q"] },
  { name: "apk", prepare: null, install: ["add", "--no-cache"] },
  { name: "pacman", prepare: null, install: ["-Sy", "--noconfirm", "--needed"] },
  { name: "brew", prepare: null, install: ["install"] },
];

const all = (name: string): Record<ManagerName, string> => ({
  "apt-get": name,
  dnf: name,
  apk: name,
  pacman: name,
  brew: name,
});

/** ffmpeg and ffprobe: without them nothing can be processed. */
export const mediaTools: Tool = { programs: ["ffmpeg", "ffprobe"], packages: { ...all("ffmpeg"), dnf: "ffmpeg-free" } };

/** What the confinement of ffmpeg is made of; Linux only, and Kinora runs with less of it too. */
export const confinementTools: readonly Tool[] = [
  {
    programs: ["bwrap"],
    packages: { "apt-get": "bubblewrap", dnf: "bubblewrap", apk: "bubblewrap", pacman: "bubblewrap" },
  },
  {
    programs: ["prlimit", "setpriv"],
    packages: { "apt-get": "util-linux", dnf: "util-linux", apk: "util-linux-misc setpriv", pacman: "util-linux" },
  },
];

/** The browser of the tests. */
export const browserTool: Tool = {
  programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  packages: { "apt-get": "chromium", dnf: "chromium", apk: "chromium", pacman: "chromium", brew: "chromium" },
};

/** A shared store for rate limits; only the tests start one themselves, and they can do without. */
export const redisTool: Tool = {
  programs: ["redis-server", "valkey-server"],
  packages: { "apt-get": "redis-server", dnf: "valkey", apk: "redis", pacman: "valkey", brew: "redis" },
};

/** Full path of the first of these programs that is on the search path, or null. */
export const findProgram = async (names: readonly string[]): Promise<string | null> => {
  const path = childEnvironment({}).PATH ?? "";
  for (const name of names) {
    for (const folder of path.split(delimiter).filter((part) => part !== "")) {
      const candidate = join(folder, name);
      const stats = await stat(candidate).catch(() => null);
      if (stats?.isFile() === true && (stats.mode & 0o111) !== 0) return candidate;
    }
  }
  return null;
};

const availableManager = async () => {
  for (const manager of managers) {
    if ((await findProgram([manager.name])) !== null) return manager;
  }
  return null;
};

/** How to act as root without a question: as we are, by `sudo -n`, or not at all (null). Homebrew needs neither. */
const rootPrefix = async (manager: ManagerName): Promise<readonly string[] | null> => {
  if (manager === "brew" || process.getuid?.() === 0) return [];
  const { code } = await runCommand({ command: "sudo", args: ["-n", "true"] });
  return code === 0 ? ["sudo", "-n"] : null;
};

const run = async (words: readonly string[]) => {
  const [command, ...args] = words;
  if (command === undefined) return 1;
  const { code } = await runCommand({ command, args, env: childEnvironment({ DEBIAN_FRONTEND: "noninteractive" }) });
  return code;
};

/** Tries to install tools through the system's package manager, without ever asking. Resolves with the command to type when it could not. */
const tryInstall = async (tools: readonly Tool[]): Promise<string | null> => {
  const manager = await availableManager();
  if (manager === null) return "";
  const packages = tools.flatMap((tool) => tool.packages[manager.name]?.split(" ") ?? []);
  if (packages.length === 0) return "";
  const instruction = `${manager.name === "brew" ? "" : "sudo "}${[manager.name, ...manager.install, ...packages].join(" ")}`;
  const prefix = await rootPrefix(manager.name);
  if (prefix === null) return instruction;
  if (manager.prepare !== null) await run([...prefix, manager.name, ...manager.prepare]);
  const code = await run([...prefix, manager.name, ...manager.install, ...packages]);
  return code === 0 ? null : instruction;
};

const isPresent = async ({ programs }: Tool, { every }: { every: boolean }) => {
  const found = await Promise.all(programs.map((program) => findProgram([program])));
  return every ? found.every((path) => path !== null) : found.some((path) => path !== null);
};

/** What is wanted, and how to say that it is being installed. */
export type EnsureTool = { tool: Tool; what: string; say: (line: string) => void; every?: boolean };

/**
 * Makes sure that a tool is there: all of its programs, or one of them with `every: false`. Throws `LaunchError` with one
 * instruction when it is missing and cannot be installed without a question.
 */
export const ensureTool = async ({ tool, what, say, every = true }: EnsureTool): Promise<void> => {
  if (await isPresent(tool, { every })) return;
  say(`Installing ${what} through the system's package manager.`);
  const instruction = await tryInstall([tool]);
  if (await isPresent(tool, { every })) return;
  const how = instruction ? `install it with: ${instruction}` : "install it and make sure that it is on the PATH";
  throw new LaunchError(`${what} is missing and cannot be installed without a question; ${how}`);
};

/** Installs a tool that one can do without, where that is possible without a question; says what is missing then. */
export const offerTool = async ({ tool, what, say }: Omit<EnsureTool, "every">): Promise<void> => {
  if (await isPresent(tool, { every: false })) return;
  say(`Installing ${what} through the system's package manager.`);
  const instruction = await tryInstall([tool]);
  if (!(await isPresent(tool, { every: false })))
    say(`${what} is missing${instruction ? `; install it with: ${instruction}` : ""}.`);
};

/**
 * Installs what confines ffmpeg where that is possible without a question. Tried once per data folder, because a machine
 * without a network would otherwise wait for its package manager at every start.
 */
export const offerConfinement = async ({
  dataDir,
  say,
}: {
  dataDir: string;
  say: (line: string) => void;
}): Promise<void> => {
  const missing: Tool[] = [];
  for (const tool of confinementTools) if (!(await isPresent(tool, { every: true }))) missing.push(tool);
  const triedFile = join(dataDir, "confinement-tried");
  if (missing.length === 0 || (await stat(triedFile).catch(() => null)) !== null) return;
  await writeFile(triedFile, "");
  say("Installing what confines ffmpeg (bubblewrap, util-linux).");
  const instruction = await tryInstall(missing);
  if (instruction) say(`ffmpeg will be confined less; for more: ${instruction}`);
};

/** Makes sure that ffmpeg and ffprobe are there, at FFMPEG_PATH when it is set. Throws `LaunchError`. */
export const ensureMediaTools = async (say: (line: string) => void): Promise<void> => {
  const { ffmpegPath } = env();
  if (ffmpegPath === null) {
    await ensureTool({ tool: mediaTools, what: "ffmpeg", say });
    return;
  }
  if (!(await stat(ffmpegPath).catch(() => null))) {
    throw new LaunchError(`FFMPEG_PATH names ${ffmpegPath}, which is not there; set it to an ffmpeg or unset it.`);
  }
};
