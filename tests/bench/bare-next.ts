import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { childEnvironment } from "#lib/env.ts";
import { freePort } from "#scripts/start/free-port.ts";
import { nextProgram, projectRoot } from "#scripts/start/project.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const route = `import { readFileSync } from "node:fs";

const answers = new Map();
const answer = (name) => {
  if (!answers.has(name)) answers.set(name, readFileSync(process.env.BARE_ANSWERS + "/" + name));
  return answers.get(name);
};

export const dynamic = "force-dynamic";
export const GET = async (request, { params }) =>
  new Response(answer((await params).name), { headers: { "Content-Type": "application/json" } });
`;

/** What the bare handler answers with: a body by the name in its address. */
type Answers = Readonly<Record<string, Uint8Array>>;

const write = async (folder: string, answers: Answers): Promise<void> => {
  await mkdir(join(folder, "app", "[name]"), { recursive: true });
  await mkdir(join(folder, "answers"));
  await writeFile(join(folder, "app", "[name]", "route.js"), route);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "bare", private: true, type: "module" }));
  // Of its own: Next would look for one in the folders above and find ours.
  await writeFile(join(folder, "next.config.mjs"), "export default {};\n");
  // The same for this: the bundler takes the one of our own site, which wants our configuration.
  await writeFile(join(folder, "instrumentation.js"), "export const register = () => undefined;\n");
  for (const [name, body] of Object.entries(answers)) await writeFile(join(folder, "answers", name), body);
};

const variables = (folder: string) =>
  childEnvironment({
    ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    BARE_ANSWERS: join(folder, "answers"),
  });

const runNext = async (folder: string, args: readonly string[]) => {
  const child = spawn(process.execPath, [nextProgram, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: variables(folder),
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
  }
  return { child, exited: once(child, "close"), said: () => said };
};

const build = async (folder: string): Promise<void> => {
  const { child, exited, said } = await runNext(folder, ["build"]);
  await exited;
  if (child.exitCode !== 0) throw new Error(`The bare site could not be built:\n${said()}`);
};

/**
 * Builds and starts a Next site that has nothing but one route handler, which answers with the bytes that it is given: the
 * most that a handler of ours could do on this machine. Runs `work` with its address, and removes everything.
 */
export const withBareNext = async <T>(answers: Answers, work: (url: string) => Promise<T>): Promise<T> => {
  const cache = join(projectRoot, ".cache");
  await mkdir(cache, { recursive: true });
  // Inside the project, so that it finds the project's packages.
  const folder = await mkdtemp(join(cache, "bare-next-"));
  try {
    await write(folder, answers);
    await build(folder);
    const url = `http://127.0.0.1:${await freePort()}`;
    const { child, exited, said } = await runNext(folder, ["start", "-H", "127.0.0.1", "-p", new URL(url).port]);
    try {
      await waitFor({
        what: "the bare site's first answer",
        timeoutMs: 60_000,
        until: async () => {
          if (child.exitCode !== null) throw new Error(`The bare site ended:\n${said()}`);
          return (await fetch(url).catch(() => null)) !== null;
        },
      });
      return await work(url);
    } finally {
      child.kill("SIGTERM");
      await exited;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
