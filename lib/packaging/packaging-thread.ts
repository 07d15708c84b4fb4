import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "#lib/errors.ts";
import type { PackagingAnswer, PackagingRequest } from "#lib/packaging/contract.ts";

/** Thrown when the thread was ended because a request took too long or took too much memory. */
export class PackagingThreadLost extends Error {
  constructor(why: string, cause?: unknown) {
    super(`The packaging thread was ended: ${why}.`, cause === undefined ? undefined : { cause });
    this.name = "PackagingThreadLost";
  }
}

/** A request that waits for its turn, or is being answered. */
type Job = {
  request: PackagingRequest;
  resolve: (answer: PackagingAnswer) => void;
  reject: (error: unknown) => void;
};

/** Limits of the thread's own heap; tables and segments are kept outside of it and bounded by their readers. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/** The thread's entry. Put together at run time, so that no bundler takes it for a module of its own. */
const entry = () => join(/* turbopackIgnore: true */ process.cwd(), ...["lib", "packaging", "thread.ts"]);

/**
 * One thread that answers requests in their order. It is started by the first one, ended when a request takes longer
 * than `timeoutMs`, and started anew for the next. Never keeps the process alive by itself.
 */
export class PackagingThread {
  readonly #timeoutMs: number;
  readonly #waiting: Job[] = [];
  #worker: Worker | undefined;
  #current: Job | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ timeoutMs }: { timeoutMs: number }) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Asks the thread. When `signal` aborts before the request's turn, it is never asked; when it aborts later, the answer
   * is dropped. Rejects with `PackagingThreadLost` when the thread was ended over this request.
   */
  ask(request: PackagingRequest, signal: AbortSignal): Promise<PackagingAnswer> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<PackagingAnswer>();
    const job: Job = { request, resolve, reject };
    const abort = () => {
      const place = this.#waiting.indexOf(job);
      if (place >= 0) this.#waiting.splice(place, 1);
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    this.#waiting.push(job);
    this.#next();
    return promise.finally(() => signal.removeEventListener("abort", abort));
  }

  /** Starts the thread unless it runs. */
  open(): void {
    if (this.#worker !== undefined) return;
    this.#worker = this.#start();
    if (this.#current === undefined) this.#worker.unref();
  }

  /** Ends the thread; what waits is rejected. A later request starts a new one. */
  async close(): Promise<void> {
    const closing = new AppError("unavailable", { message: "Packaging was shut down." });
    for (const job of this.#waiting.splice(0)) job.reject(closing);
    const worker = this.#worker;
    this.#lose(closing);
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    const job = this.#waiting.shift();
    if (job === undefined) {
      this.#worker?.unref();
      return;
    }
    this.#current = job;
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#timer = setTimeout(() => {
      void this.#worker?.terminate();
      this.#lose(new PackagingThreadLost("it took too long"));
    }, this.#timeoutMs);
    this.#worker.postMessage(job.request);
  }

  #start(): Worker {
    const worker = new Worker(entry(), { execArgv: [], resourceLimits, name: "packaging" });
    const mine = (work: () => void) => () => (this.#worker === worker ? work() : undefined);
    worker.on("message", (answer: PackagingAnswer) => mine(() => this.#settle((job) => job.resolve(answer)))());
    worker.on("error", (error) => mine(() => this.#lose(new PackagingThreadLost("it failed", error)))());
    worker.on(
      "exit",
      mine(() => this.#lose(new PackagingThreadLost("it ended"))),
    );
    return worker;
  }

  #lose(error: Error): void {
    this.#worker = undefined;
    this.#settle((job) => job.reject(error));
  }

  #settle(how: (job: Job) => void): void {
    clearTimeout(this.#timer);
    const job = this.#current;
    this.#current = undefined;
    if (job !== undefined) how(job);
    this.#next();
  }
}
