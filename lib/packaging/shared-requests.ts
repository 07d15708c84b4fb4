/** Work that several callers wait for; it is ended when none of them does any more. */
type Shared<T> = { promise: Promise<T>; waiting: number; stop: AbortController };

/** Callers that ask for the same thing at the same time get one answer. */
export class SharedRequests<T> {
  readonly #running = new Map<string, Shared<T>>();

  /** Joins the work under `name`, or starts it. Rejects with the signal's reason for a caller that gave up. */
  async join(input: { name: string; signal: AbortSignal; start: (signal: AbortSignal) => Promise<T> }): Promise<T> {
    const { name, signal } = input;
    signal.throwIfAborted();
    const shared = this.#running.get(name) ?? this.#begin(name, input.start);
    shared.waiting += 1;
    const left = Promise.withResolvers<never>();
    const leave = () => left.reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([shared.promise, left.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
      shared.waiting -= 1;
      if (shared.waiting === 0) {
        // Whoever comes from now on starts anew instead of joining what is being stopped.
        if (this.#running.get(name) === shared) this.#running.delete(name);
        shared.stop.abort();
      }
    }
  }

  #begin(name: string, start: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const stop = new AbortController();
    const shared: Shared<T> = { promise: start(stop.signal), waiting: 0, stop };
    this.#running.set(name, shared);
    const forget = () => {
      if (this.#running.get(name) === shared) this.#running.delete(name);
    };
    // Its faults are the joined callers' to handle; this only tidies up.
    shared.promise.then(forget, forget);
    return shared;
  }
}
