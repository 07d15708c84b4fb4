/// A SharedWorker: the one stream of a browser, whatever the number of its pages. Over HTTP/1.1 a browser holds six
/// connections to a site, and a stream keeps one of them for as long as it is open.
import { makeStreamHub } from "#lib/api-client/stream/hub.ts";
import { openMyEvents } from "#lib/api-client/stream/open-my-events.ts";
import type { FromStreamWorker, ToStreamWorker } from "#lib/api-client/stream/shared-messages.ts";

const hub = makeStreamHub(openMyEvents);

const serve = (port: MessagePort) => {
  const tell = (message: FromStreamWorker) => port.postMessage(message);
  const leaving = new Map<number, () => void>();
  port.onmessage = ({ data }: MessageEvent<ToStreamWorker>) => {
    const { id } = data;
    leaving.get(id)?.();
    leaving.delete(id);
    if (data.kind === "leave") return;
    const leave = hub.follow({
      ...data.wants,
      onMessage: (name, text) => tell({ kind: "message", id, name, data: text }),
      onOpen: () => tell({ kind: "open", id }),
      onLost: (refused) => tell({ kind: "lost", id, refused }),
    });
    leaving.set(id, leave);
  };
  tell({ kind: "hello" });
};

// The types of a page know no worker's scope.
const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };
scope.onconnect = ({ ports }) => {
  for (const port of ports) serve(port);
};
