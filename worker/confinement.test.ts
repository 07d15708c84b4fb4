import { expect, test } from "vitest";
import { type ConfinementTools, confinedCommand, confinementAdvice, levelPossible } from "./confinement.ts";

const all: ConfinementTools = { bwrap: "/b/bwrap", prlimit: "/b/prlimit", setpriv: "/b/setpriv", nice: "/b/nice" };
const limits = { addressSpaceBytes: 1_000, cpuSeconds: 20, fileSizeBytes: 300, niceness: 10 };
const confined = (level: "bwrap" | "prlimit" | "none", tools = all) =>
  confinedCommand({
    ...{ level, tools, limits, program: process.execPath, args: ["-i", "x"] },
    ...{ readPaths: ["/in/file"], scratchDir: "/work/scratch" },
  });

test("limits, then walls, then the program; each wrapper becomes the next", () => {
  const command = confined("bwrap");
  expect(command.slice(0, 12)).toEqual([
    ...["/b/nice", "-n", "10", "/b/setpriv", "--pdeathsig", "KILL", "--no-new-privs"],
    ...["/b/prlimit", "--as=1000", "--cpu=20:25", "--fsize=300", "--nofile=256"],
  ]);
  const walls = command.slice(command.indexOf("/b/bwrap"));
  for (const word of ["--unshare-all", "--die-with-parent", "--new-session", "--remount-ro"])
    expect(walls).toContain(word);
  expect(walls.join(" ")).toContain("--ro-bind /in/file /in/file");
  expect(walls.join(" ")).toContain("--bind /work/scratch /work/scratch");
  expect(walls.filter((word) => word === "--bind")).toHaveLength(1);
  expect(command.slice(-3)).toEqual([process.execPath, "-i", "x"]);
});

test("a weaker level leaves out what it does not have", () => {
  expect(confined("prlimit")).not.toContain("/b/bwrap");
  expect(confined("none", { ...all, nice: null })).toEqual([process.execPath, "-i", "x"]);
  expect(levelPossible("bwrap", { ...all, setpriv: null })).toBe(false);
  expect(levelPossible("none", { bwrap: null, prlimit: null, setpriv: null, nice: null })).toBe(true);
});

test("doctor's advice names what is missing and how to get it", () => {
  expect(confinementAdvice({ level: "bwrap", tools: all })).toBeNull();
  expect(confinementAdvice({ level: "prlimit", tools: { ...all, bwrap: null } })).toMatch(
    /^bwrap missing: install bubblewrap/,
  );
  expect(confinementAdvice({ level: "none", tools: { ...all, prlimit: null, setpriv: null } })).toContain("util-linux");
  expect(confinementAdvice({ level: "prlimit", tools: all })).toContain("namespaces");
});
