import type { StreamHandlers } from "#lib/api-client/stream/hub.ts";

/** A refused stream (HTTP error) ends for good in EventSource; it is opened again after this long. */
const reopenAfterMs = 5_000;

/** Opens an event stream of `/api/v1` that tells the named events, and keeps it open. Returns the function that ends it. */
export const openSource = (
  path: string,
  { names, onMessage, onOpen, onLost }: StreamHandlers & { names: readonly string[] },
): (() => void) => {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`/api/v1${path}`);
    source.onopen = onOpen;
    source.onerror = () => {
      const refused = source.readyState === EventSource.CLOSED;
      if (refused) timer = setTimeout(open, reopenAfterMs);
      onLost(refused);
    };
    for (const name of names) {
      source.addEventListener(name, (event: MessageEvent<string>) => onMessage(name, event.data));
    }
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
};
