import type { StreamWants } from "#lib/api-client/stream/hub.ts";

/** What a page tells the worker that holds the browser's stream. `id` tells a page's followings apart. */
export type ToStreamWorker = { kind: "follow"; id: number; wants: StreamWants } | { kind: "leave"; id: number };

/** What the worker tells a page; `hello` first, so that a page knows that its script runs. */
export type FromStreamWorker =
  | { kind: "hello" }
  | { kind: "message"; id: number; name: string; data: string }
  | { kind: "open"; id: number }
  | { kind: "lost"; id: number; refused: boolean };
