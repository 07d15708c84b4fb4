import { makeStreamHub, type OpenStream, type StreamFollower, type StreamHub } from "#lib/api-client/stream/hub.ts";
import { openMyEvents } from "#lib/api-client/stream/open-my-events.ts";
import type { FromStreamWorker, ToStreamWorker } from "#lib/api-client/stream/shared-messages.ts";
import { whileVisible } from "#lib/api-client/stream/while-visible.ts";

const overPort =
  (port: MessagePort): OpenStream =>
  (wants, { onMessage, onOpen, onLost }) => {
    const tell = (message: ToStreamWorker) => port.postMessage(message);
    let isOver = false;
    port.onmessage = ({ data }: MessageEvent<FromStreamWorker>) => {
      if (isOver) return;
      if (data.kind === "message") onMessage(data.name, data.data);
      else if (data.kind === "open") onOpen();
      else onLost();
    };
    tell({ kind: "follow", wants });
    return () => {
      isOver = true;
      tell({ kind: "leave" });
    };
  };

/** A stream of this page's own, for browsers without shared workers: open while the page can be seen. */
const ownHub = (): StreamHub => {
  const hub = makeStreamHub(openMyEvents);
  hub.pause();
  whileVisible(() => {
    hub.resume();
    return hub.pause;
  });
  return hub;
};

/** All pages of the browser share one stream; a page that is left leaves it, one that comes back takes part again. */
const sharedHub = (): StreamHub => {
  let open: OpenStream = openMyEvents;
  const hub = makeStreamHub((wants, handlers) => open(wants, handlers));
  const worker = new SharedWorker(new URL("./shared-worker.ts", import.meta.url), { name: "kinora-events" });
  open = overPort(worker.port);
  worker.onerror = () => {
    // Its script did not load, after an update of the site for instance: this page gets a stream of its own.
    open = openMyEvents;
    hub.pause();
    hub.resume();
  };
  window.addEventListener("pagehide", hub.pause);
  window.addEventListener("pageshow", hub.resume);
  return hub;
};

let pageHub: StreamHub | null = null;

/**
 * Follows what happens to the caller's things, over one stream for all pages of the browser where that can be. Returns the
 * function that ends it.
 */
export const followMine = (follower: Omit<StreamFollower, "language">): (() => void) => {
  pageHub ??= typeof SharedWorker === "undefined" ? ownHub() : sharedHub();
  return pageHub.follow({ ...follower, language: document.documentElement.lang });
};
