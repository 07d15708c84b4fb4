import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";

/**
 * How tightly ffmpeg is held. `bwrap`: namespaces without network, nothing to see but libraries, the one input and one
 * scratch folder, and all that `prlimit` gives. `prlimit`: limits, no new privileges, death with its parent. `none`:
 * only the limits inside ffmpeg itself, where the system offers nothing else.
 */
export type ConfinementLevel = "bwrap" | "prlimit" | "none";

/** Strongest first. */
export const confinementLevels: readonly ConfinementLevel[] = ["bwrap", "prlimit", "none"];

/** Limits of one process; the kernel ends it beyond them. */
export type ProcessLimits = {
  /** Null for a program that reserves far more addresses than it ever uses, as JavaScript engines do. */
  addressSpaceBytes: number | null;
  /** Most memory that it can write to and shares with nobody; null where addresses bound it. */
  dataBytes?: number | null;
  cpuSeconds: number;
  fileSizeBytes: number;
  niceness: number;
};

/** Absolute paths of the wrappers, null where the system has none. */
export type ConfinementTools = Record<"bwrap" | "prlimit" | "setpriv" | "nice", string | null>;

const folders = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin"];

/** Finds a program in the system's own folders; never by a PATH that somebody may have changed. */
export const findProgram = (name: string): string | null =>
  folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null;

/** Looks for the wrappers. */
export const findConfinementTools = (): ConfinementTools => ({
  bwrap: findProgram("bwrap"),
  prlimit: findProgram("prlimit"),
  setpriv: findProgram("setpriv"),
  nice: findProgram("nice"),
});

/** Whether the wrappers that a level needs are there; whether they work is found out by running them. */
export const levelPossible = (level: ConfinementLevel, tools: ConfinementTools): boolean => {
  if (level === "none") return true;
  const limited = tools.prlimit !== null && tools.setpriv !== null;
  return level === "prlimit" ? limited : limited && tools.bwrap !== null;
};

const packageOf: Record<keyof ConfinementTools, string> = {
  bwrap: "bubblewrap",
  prlimit: "util-linux",
  setpriv: "util-linux",
  nice: "coreutils",
};

/**
 * What keeps a machine from a stronger level, and how to get it, in a sentence; null where nothing is missing. Kernels and
 * container runtimes may forbid namespaces to a bubblewrap that is there.
 */
export const confinementAdvice = ({ level, tools }: { level: ConfinementLevel; tools: ConfinementTools }) => {
  const names = ["bwrap", "prlimit", "setpriv", "nice"] as const;
  const missing = names.filter((name) => tools[name] === null);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((name) => packageOf[name]))].join(" ");
    return `${missing.join(", ")} missing: install ${packages} (apt-get install ${packages}, or your system's own way).`;
  }
  if (level === "bwrap") return null;
  if (level === "none") return "prlimit or setpriv does not start here; see the log at LOG_LEVEL=debug for its words.";
  return (
    "bubblewrap is there but may not make namespaces: allow them (sysctl kernel.unprivileged_userns_clone=1, or " +
    "kernel.apparmor_restrict_unprivileged_userns=0), or start the container with --security-opt seccomp=unconfined."
  );
};

/** Folders of shared libraries; on most systems some are links to others and must stay links inside. */
const libraryFolders = ["/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/local/lib", "/lib", "/lib64", "/lib32"];
/** The loader's index, and the links through which Debian finds its linear algebra libraries. */
const loaderFiles = ["/etc/ld.so.cache", "/etc/alternatives"];

const bindFolder = (path: string): string[] => {
  if (!existsSync(path)) return [];
  return lstatSync(path).isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path];
};

/** What one process gets to see and may use. */
export type Confined = {
  level: ConfinementLevel;
  tools: ConfinementTools;
  limits: ProcessLimits;
  /** Absolute path of the program, and its arguments. */
  program: string;
  args: readonly string[];
  /** Files it reads. */
  readPaths: readonly string[];
  /** The one folder it may write to, which is also its working folder; null when it writes nothing. */
  scratchDir: string | null;
};

const bwrapArgs = ({ program, readPaths, scratchDir }: Confined): string[] => [
  ...["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"],
  ...libraryFolders.flatMap(bindFolder),
  ...loaderFiles.flatMap((path) => ["--ro-bind-try", path, path]),
  ...["--ro-bind", realpathSync(program), program],
  ...readPaths.flatMap((path) => ["--ro-bind", path, path]),
  ...(scratchDir === null ? [] : ["--bind", scratchDir, scratchDir]),
  // The root is a memory file system of the sandbox: closed too, so that scratch is the only place to write.
  ...["--remount-ro", "/", "--chdir", scratchDir ?? "/", "--"],
];

/** Seconds between the kernel's word that the time is up, on which ffmpeg ends by itself, and its kill. */
const cpuGraceSeconds = 5;

const prlimitArgs = ({ addressSpaceBytes, dataBytes = null, cpuSeconds, fileSizeBytes }: ProcessLimits): string[] => [
  ...(addressSpaceBytes === null ? [] : [`--as=${addressSpaceBytes}`]),
  ...(dataBytes === null ? [] : [`--data=${dataBytes}`]),
  `--cpu=${cpuSeconds}:${cpuSeconds + cpuGraceSeconds}`,
  `--fsize=${fileSizeBytes}`,
  "--nofile=256",
  "--core=0",
];

/**
 * The whole command line of a confined program, wrappers first. Each wrapper replaces itself by the next, so the
 * process that we start is the one that `--pdeathsig` kills when we die; bwrap, which does fork, dies with its
 * parent and takes its namespace along.
 */
export const confinedCommand = (confined: Confined): [file: string, ...args: string[]] => {
  const { level, tools, limits, program, args } = confined;
  const nice = tools.nice === null || limits.niceness === 0 ? [] : [tools.nice, "-n", String(limits.niceness)];
  const limited =
    level === "none" || tools.setpriv === null || tools.prlimit === null
      ? []
      : [tools.setpriv, "--pdeathsig", "KILL", "--no-new-privs", tools.prlimit, ...prlimitArgs(limits)];
  const walled = level === "bwrap" && tools.bwrap !== null ? [tools.bwrap, ...bwrapArgs(confined)] : [];
  const [file, ...rest] = [...nice, ...limited, ...walled, program, ...args];
  return [file ?? program, ...rest];
};
