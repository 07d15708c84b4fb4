// Names in the lock file every platform package that its dependents ask for.
//
// npm leaves out of the lock file what the registry at hand does not serve (a mirror that carries one platform only, for
// example), and `npm ci` then refuses that lock file everywhere. Such a package's version is exact in its dependent, and
// its platform is part of its name; only its hash cannot be known here, so npm checks none for it. Run this after
// `npm install` changed the lock file.
import { readFileSync, writeFileSync } from "node:fs";

const platforms = [
  "linux",
  "darwin",
  "win32",
  "android",
  "freebsd",
  "openharmony",
  "sunos",
  "netbsd",
  "openbsd",
  "aix",
];
const processors = ["x64", "arm64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** Reads `os`, `cpu` and `libc` out of a platform package's name; null when it names no platform. */
const platformOf = (name) => {
  const words = name.split(/[-/]/);
  const cpu = processors.find((processor) => words.includes(processor));
  if (cpu === undefined) return null;
  if (cpu === "wasm32") return { cpu: [cpu] };
  const os =
    words.includes("win") || words.includes("windows") ? "win32" : platforms.find((one) => words.includes(one));
  if (os === undefined) return null;
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  const isChoice = os === "linux" && words.some((word) => /^(musl|gnu)/.test(word));
  return { cpu: [cpu], os: [os], ...(isChoice ? { libc: [libc] } : {}) };
};

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));

const isLocked = (from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (lock.packages[at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`] !== undefined) return true;
    if (at === "") return false;
  }
};

const added = {};
for (const [from, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    if (platform === null || isLocked(from, name) || !/^\d/.test(version)) continue;
    added[`node_modules/${name}`] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true };
  }
}
const sorted = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(added).length} platform packages added to the lock file`);
