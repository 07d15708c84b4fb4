import { type PostgresServer, startPostgres, stopPostgres } from "#scripts/start/postgres/server.ts";
import { removeRecord, writeRecord } from "#scripts/start/process-record.ts";
import { backOffMs } from "#scripts/start/supervised-process.ts";

const name = "postgres";

/** What an embedded database is run with. */
export type EmbeddedDatabaseSpec = {
  dataDir: string;
  signal: AbortSignal;
  onDeath: (input: { name: string; reason: string; retryInMs: number }) => void;
};

/** The embedded server of a data folder, recorded there and started again on the same port when it dies. */
export class EmbeddedDatabase {
  readonly #spec: EmbeddedDatabaseSpec;
  #server: PostgresServer | null = null;
  #stopping = false;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #restart: Promise<void> = Promise.resolve();

  constructor(spec: EmbeddedDatabaseSpec) {
    this.#spec = spec;
  }

  /** Starts it and returns the address of its database. Throws `LaunchError`. */
  async start(preferredPort: number | null = null): Promise<string> {
    const { dataDir, signal } = this.#spec;
    const server = await startPostgres({ dataDir, preferredPort, signal });
    this.#server = server;
    const { pid } = server.child;
    if (pid !== undefined) await writeRecord({ dataDir, name, pid, port: server.port });
    server.child.once("exit", (code, by) => {
      if (!this.#stopping) this.#restartLater({ reason: by ?? `code ${code}`, port: server.port });
    });
    return server.url("postgres");
  }

  #restartLater({ reason, port }: { reason: string; port: number }): void {
    if (this.#stopping) return;
    this.#failures += 1;
    const retryInMs = backOffMs(this.#failures);
    this.#spec.onDeath({ name, reason, retryInMs });
    this.#retry = setTimeout(() => {
      this.#restart = this.start(port).then(
        () => {
          this.#failures = 0;
        },
        (error: unknown) => this.#restartLater({ reason: error instanceof Error ? error.message : "unknown", port }),
      );
    }, retryInMs);
  }

  /** Stops it in order; at once when `hurry` fires or the grace time is over. Resolves when it is gone. */
  async stop({ graceMs, hurry }: { graceMs: number; hurry: AbortSignal }): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#retry);
    // One that is just starting again would outlive this process.
    await this.#restart;
    const server = this.#server;
    if (server === null) return;
    const atOnce = () => void stopPostgres(server, { hurry: true });
    const timer = setTimeout(atOnce, graceMs);
    hurry.addEventListener("abort", atOnce, { once: true });
    await stopPostgres(server, { hurry: hurry.aborted });
    clearTimeout(timer);
    hurry.removeEventListener("abort", atOnce);
    await removeRecord(this.#spec.dataDir, name);
  }
}
