import {
  makeStreamHub,
  type OpenStream,
  type StreamFollower,
  type StreamHandlers,
  type StreamHub,
} from "#lib/api-client/stream/hub.ts";
import { openMyEvents } from "#lib/api-client/stream/open-my-events.ts";
import type { FromStreamWorker, ToStreamWorker } from "#lib/api-client/stream/shared-messages.ts";
import { whileVisible } from "#lib/api-client/stream/while-visible.ts";

/** Milliseconds after which a worker that said nothing is taken for one whose script did not load. */
const helloMs = 5_000;

const overPort = (port: MessagePort, onHello: () => void): OpenStream => {
  const following = new Map<number, StreamHandlers>();
  let count = 0;
  const tell = (message: ToStreamWorker) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<FromStreamWorker>) => {
    if (data.kind === "hello") return onHello();
    const handlers = following.get(data.id);
    if (data.kind === "message") handlers?.onMessage(data.name, data.data);
    else if (data.kind === "open") handlers?.onOpen();
    else handlers?.onLost(data.refused);
  };
  return (wants, handlers) => {
    count += 1;
    const id = count;
    following.set(id, handlers);
    tell({ kind: "follow", id, wants });
    return () => {
      following.delete(id);
      tell({ kind: "leave", id });
    };
  };
};

/** Lets `hub` hold its stream while the page can be seen. */
const onlyWhileVisible = (hub: StreamHub): void => {
  hub.pause();
  whileVisible(() => {
    hub.resume();
    return hub.pause;
  });
};

/** A stream of this page's own, for browsers without shared workers. */
const ownHub = (): StreamHub => {
  const hub = makeStreamHub(openMyEvents);
  onlyWhileVisible(hub);
  return hub;
};

/**
 * All pages of the browser share one stream; a page that is left leaves it, one that comes back takes part again. A page
 * whose worker does not run, after an update of the site for instance, gets a stream of its own.
 */
const sharedHub = (): StreamHub => {
  const { port } = new SharedWorker(new URL("./shared-worker.ts", import.meta.url), { name: "kinora-events" });
  let open: OpenStream = overPort(port, () => clearTimeout(timer));
  const hub = makeStreamHub((wants, handlers) => open(wants, handlers));
  window.addEventListener("pagehide", hub.pause);
  window.addEventListener("pageshow", hub.resume);
  const timer = setTimeout(() => {
    window.removeEventListener("pagehide", hub.pause);
    window.removeEventListener("pageshow", hub.resume);
    hub.pause();
    port.close();
    open = openMyEvents;
    onlyWhileVisible(hub);
  }, helloMs);
  return hub;
};

let pageHub: StreamHub | null = null;

/**
 * Follows what happens to the things of the account that the page was drawn for, over one stream for all pages of the
 * browser where that can be. Returns the function that ends it.
 */
export const followMine = (follower: Omit<StreamFollower, "language">): (() => void) => {
  pageHub ??= typeof SharedWorker === "undefined" ? ownHub() : sharedHub();
  return pageHub.follow({ ...follower, language: document.documentElement.lang });
};
