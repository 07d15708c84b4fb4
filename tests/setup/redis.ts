import { spawn } from "node:child_process";
import { connect } from "node:net";
import { findProgram, redisTool } from "#scripts/start/install-tools.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

/** A real Redis or Valkey of a test. */
export type TestRedis = { url: string; pid: number; stop: () => Promise<void> };

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const say = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => say(true));
    socket.once("error", () => say(false));
  });

/** Whether this machine has a server to start. Says so where everybody reads it when it has none. */
export const hasRedis = async (): Promise<boolean> => {
  if ((await findProgram(redisTool.programs)) !== null) return true;
  process.stderr.write(
    "\n*** NOT TESTED: there is no redis-server and no valkey-server on this machine, so counting in Redis was not tested. ***\n" +
      "*** Install one of them (npm test does where it may) and run the tests again. ***\n\n",
  );
  return false;
};

/** Starts a server on that port that keeps nothing on disk. The caller stops it. */
export const startRedis = async (port: number): Promise<TestRedis> => {
  const program = await findProgram(redisTool.programs);
  if (program === null) throw new Error("There is no redis-server on the PATH.");
  const words = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--daemonize",
    "no",
  ];
  const child = spawn(program, words, { stdio: "ignore", cwd: "/tmp" });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await waitFor({ what: "Redis", until: () => accepts(port) });
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
};
