/** What an event stream hands on. */
export type SourceHandlers = {
  /** Names of the events that are wanted. */
  names: readonly string[];
  onMessage: (name: string, data: string) => void;
  /** Called on each (re)connection. */
  onOpen: () => void;
  /** Called when the connection broke; it is tried again. */
  onLost: () => void;
};

/** A refused stream (HTTP error) ends for good in EventSource; it is opened again after this long. */
const reopenAfterMs = 5_000;

/** Opens an event stream of `/api/v1` and keeps it open. Returns the function that ends it. */
export const openSource = (path: string, { names, onMessage, onOpen, onLost }: SourceHandlers): (() => void) => {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`/api/v1${path}`);
    source.onopen = onOpen;
    source.onerror = () => {
      onLost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenAfterMs);
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
