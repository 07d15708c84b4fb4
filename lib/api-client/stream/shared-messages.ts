import type { StreamWants } from "#lib/api-client/stream/hub.ts";

/** What a page tells the worker that holds the browser's stream. */
export type ToStreamWorker = { kind: "follow"; wants: StreamWants } | { kind: "leave" };

/** What the worker tells a page. */
export type FromStreamWorker = { kind: "message"; name: string; data: string } | { kind: "open" } | { kind: "lost" };
