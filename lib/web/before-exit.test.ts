import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const file = fileURLToPath(new URL("before-exit.ts", import.meta.url));

/** Runs a program that has `beforeExit`; gives what it wrote and its exit status. */
const run = (program: string): Promise<{ output: string; code: number }> =>
  new Promise((resolve) => {
    const source = `import { beforeExit } from ${JSON.stringify(file)};\n${program}`;
    execFile(process.execPath, ["--input-type=module", "--eval", source], (error, stdout) => {
      resolve({ output: stdout, code: typeof error?.code === "number" ? error.code : 0 });
    });
  });

test("an exit waits for what is to be written, and keeps its status", async () => {
  const program = `
    const write = (word) => async () => { await new Promise((done) => setTimeout(done, 30)); process.stdout.write(word); };
    beforeExit(write("one "), { withinMs: 4000 });
    beforeExit(write("two"), { withinMs: 4000 });
    process.exit(143);`;
  expect(await run(program)).toEqual({ output: "one two", code: 143 });
});

test("a fault does not keep the process, and neither does what hangs", async () => {
  const faulty = `beforeExit(() => Promise.reject(new Error("away")), { withinMs: 4000 }); process.exit(3);`;
  expect(await run(faulty)).toEqual({ output: "", code: 3 });
  const hanging = `setInterval(() => 1, 1000); beforeExit(() => new Promise(() => 1), { withinMs: 50 }); process.exit(4);`;
  expect(await run(hanging)).toEqual({ output: "", code: 4 });
});

test("an exit that is asked for twice happens at once", async () => {
  const program = `
    beforeExit(() => new Promise((done) => setTimeout(() => { process.stdout.write("late"); done(); }, 3000)), { withinMs: 4000 });
    process.exit(5); process.exit(6);`;
  expect(await run(program)).toEqual({ output: "", code: 6 });
});
