import { type ChildProcess, spawn } from "node:child_process";
import { removeRecord, writeRecord } from "#scripts/start/process-record.ts";

/** What is started, and what it is called in the data folder's records. */
export type SupervisedSpec = {
  name: string;
  dataDir: string;
  command: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  port?: number;
  /** Told about every unexpected end, with the milliseconds until the next try. */
  onDeath: (input: { name: string; reason: string; retryInMs: number }) => void;
};

const firstDelayMs = 500;
const longestDelayMs = 30_000;
const healthyMs = 60_000;

/** Milliseconds to wait before the next try after `failures` unexpected ends in a row (1 or more). */
export const backOffMs = (failures: number): number => Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));

/**
 * A process that is started again, with back-off, whenever it ends by itself. It leads a group of its own, so that the
 * terminal's Ctrl-C reaches only the launcher, which stops its processes in order.
 */
export class SupervisedProcess {
  readonly #spec: SupervisedSpec;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #stopping = false;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(spec: SupervisedSpec) {
    this.#spec = spec;
  }

  /** Starts it; resolves once it is recorded. */
  async start(): Promise<void> {
    const { command, args, cwd, env, name, dataDir, port } = this.#spec;
    const startedMs = Date.now();
    const child = spawn(command, [...args], { cwd, env, detached: true, stdio: ["ignore", "inherit", "inherit"] });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      const onEnd = (reason: string) => {
        this.#child = null;
        resolve();
        if (!this.#stopping) this.#restartLater({ reason, upMs: Date.now() - startedMs });
      };
      child.once("error", (error) => onEnd(error.message));
      child.once("exit", (code, signal) => onEnd(signal === null ? `code ${code}` : signal));
    });
    if (child.pid !== undefined) {
      await writeRecord({ dataDir, name, pid: child.pid, ...(port === undefined ? {} : { port }) });
    }
  }

  #restartLater({ reason, upMs }: { reason: string; upMs: number }): void {
    this.#failures = upMs > healthyMs ? 1 : this.#failures + 1;
    const retryInMs = backOffMs(this.#failures);
    this.#spec.onDeath({ name: this.#spec.name, reason, retryInMs });
    this.#retry = setTimeout(() => {
      // Only its record can fail: it runs all the same, and a full disk must not end the launcher.
      this.start().catch((error: unknown) => console.error(error));
    }, retryInMs);
  }

  /** Unexpected ends in a row. */
  get failures(): number {
    return this.#failures;
  }

  /** Asks it to end, and kills its whole group after the grace time or when `hurry` fires. Resolves when it is gone. */
  async stop({ graceMs, hurry }: { graceMs: number; hurry: AbortSignal }): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#retry);
    const child = this.#child;
    if (child?.pid !== undefined) {
      const pid = child.pid;
      const kill = () => signalGroup(pid, "SIGKILL");
      const timer = setTimeout(kill, graceMs);
      hurry.addEventListener("abort", kill, { once: true });
      if (hurry.aborted) kill();
      else signalGroup(pid, "SIGTERM");
      await this.#ended;
      clearTimeout(timer);
      hurry.removeEventListener("abort", kill);
      // Whatever it started in its own group and did not end itself.
      signalGroup(pid, "SIGKILL");
    }
    await removeRecord(this.#spec.dataDir, this.#spec.name);
  }
}

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM");
    if (!gone) throw error;
  }
};
