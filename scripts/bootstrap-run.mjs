import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const lockFile = join(root, "package-lock.json");
const modules = join(root, "node_modules");
const recordFile = join(modules, ".kinora-install.json");
const mutexFile = join(root, ".cache", "install.json");
const commands = ["start", "dev", "test", "kinora", "bench", "faults", "corpus", "openapi", "validate"];
const windows = process.platform === "win32";

/** A fault with a sentence for the person at the terminal. */
class Refusal extends Error {}

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
};

/** What the packages in node_modules must have been installed from. */
const wantedInstall = () => {
  const hash = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  return `${hash} ${process.platform} ${process.arch}`;
};

/**
 * Whether npm's own record of node_modules names what the lock file names, as after a plain `npm install`. What is
 * optional may be missing: it is for other machines.
 */
const matchesLock = () => {
  const wanted = readJson(lockFile)?.packages;
  const present = readJson(join(modules, ".package-lock.json"))?.packages;
  if (!wanted || !present) return false;
  const same = (path) =>
    present[path]?.version === wanted[path]?.version && present[path]?.integrity === wanted[path]?.integrity;
  return (
    Object.entries(present).every(([path, entry]) => entry.optional || same(path)) &&
    Object.entries(wanted).every(([path, entry]) => path === "" || entry.optional || same(path))
  );
};

const installed = () => {
  if (readJson(recordFile)?.install === wantedInstall()) return true;
  if (!matchesLock()) return false;
  record();
  return true;
};

/** Notes what was installed. Where that may not be written, the next start compares again, which is only slower. */
const record = () => {
  try {
    writeFileSync(recordFile, `${JSON.stringify({ install: wantedInstall() })}\n`);
  } catch (error) {
    if (!["EACCES", "EROFS"].includes(error.code)) throw error;
  }
};

/** The kernel's start time of a process, so that a recycled number is not taken for the one that wrote the record. */
const startTime = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return null;
  }
};

const runs = ({ pid, startedAt }) => {
  try {
    process.kill(pid, 0);
    return startTime(pid) === startedAt;
  } catch (error) {
    return error.code === "EPERM" && startTime(pid) === startedAt;
  }
};

/** Whether a record without content is old enough that its writer must have died in the middle. */
const isStale = (path) => {
  const written = statSync(path, { throwIfNoEntry: false });
  return written !== undefined && Date.now() - written.mtimeMs > 10_000;
};

/** One install at a time: two at once delete each other's files. Waits while another one runs. */
const withMutex = async (work) => {
  mkdirSync(join(root, ".cache"), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(mutexFile, JSON.stringify({ pid: process.pid, startedAt: startTime(process.pid) }), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = readJson(mutexFile);
    if (holder === null ? isStale(mutexFile) : !runs(holder)) rmSync(mutexFile, { force: true });
    else if (!told) {
      console.log("Waiting for another installation in this folder to end.");
      told = true;
    }
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(mutexFile, { force: true });
  }
};

const npmArguments = [
  "ci",
  // The pinned Node runs the project; npm's complaints about the machine's own one would only frighten.
  "--loglevel=error",
  "--engine-strict=false",
  "--include=dev",
  "--include=optional",
  "--no-audit",
  "--no-fund",
];

const install = () => {
  console.log("Installing packages.");
  const { error, status, signal } = spawnSync("npm", npmArguments, { cwd: root, stdio: "inherit", shell: windows });
  if (error?.code === "ENOENT") {
    throw new Refusal("npm is not installed; install it beside Node (https://nodejs.org/en/download) and try again.");
  }
  if (error) throw new Refusal(`npm could not be started: ${error.message}`);
  if (signal) throw new Refusal(`The installation was ended by ${signal}.`);
  if (status !== 0)
    throw new Refusal("npm ci failed; its words are above. Check the network and the free space, then try again.");
  record();
};

/** The Node that runs the project: the pinned one, else the machine's own when it is new enough. */
const runtime = () => {
  const pinned = join(modules, ".bin", windows ? "node.cmd" : "node");
  // Present is not enough: the package's binary does not run on every C library.
  if (existsSync(pinned) && spawnSync(pinned, ["--version"], { shell: windows }).status === 0) return pinned;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new Refusal(
    `Kinora runs on Node 24, and no packaged Node fits this machine (${process.platform} ${process.arch}); ` +
      "install Node 24 or newer (https://nodejs.org/en/download) and try again.",
  );
};

/** A burst of equal signals (the terminal's to the group, npm's copy of it) counts as one. */
const burstMs = 700;

const handOver = (node, args) => {
  // The channel carries no message: its end tells the child that nobody is left to pass signals on.
  const stdio = windows ? "inherit" : ["inherit", "inherit", "inherit", "ipc"];
  const child = spawn(node, args, { cwd: root, stdio, shell: windows });
  let forwardedAt = 0;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      if (Date.now() - forwardedAt < burstMs) return;
      forwardedAt = Date.now();
      child.kill(name);
    });
  }
  child.on("error", (error) => {
    console.error(`Node could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
};

/** Installs what is missing and runs `scripts/<command>.ts` with the arguments behind it. */
export const bootstrap = async ([command, ...rest]) => {
  try {
    if (!commands.includes(command)) throw new Refusal(`Say which command to run: ${commands.join(", ")}.`);
    if (!installed()) await withMutex(() => (installed() ? undefined : install()));
    handOver(runtime(), [join(root, "scripts", `${command}.ts`), ...rest]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
