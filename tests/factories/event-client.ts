/** One server-sent event. */
export type Heard = { name: string; data: HeardData };

type HeardVideo = { id: string; title: string; status: string };
/** The video itself, or in events named `watched` what happened and the video. */
type HeardData = HeardVideo & { event?: string; video?: HeardVideo };

const parse = (block: string): Heard | null => {
  const name = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: (.*)$/m.exec(block)?.[1];
  return name === undefined || data === undefined ? null : { name, data: JSON.parse(data) };
};

/** Listens to an event stream until `stop`; `next` waits for the first event not yet taken that fits. */
export const listenTo = async (url: string, headers: Record<string, string>) => {
  const stopping = new AbortController();
  const response = await fetch(url, { headers, signal: stopping.signal });
  const heard: Heard[] = [];
  const wakers = new Set<() => void>();
  const wake = () => {
    for (const waker of wakers) waker();
  };
  const read = async () => {
    let text = "";
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + part).split("\n\n");
      text = blocks.pop() ?? "";
      heard.push(...blocks.flatMap((block) => parse(block) ?? []));
      wake();
    }
  };
  // A stopped or cut stream has ended as well as one that was closed.
  const ended = read().then(
    () => "ended" as const,
    () => "ended" as const,
  );
  const next = async (fits: (event: Heard) => boolean): Promise<Heard> => {
    for (;;) {
      const at = heard.findIndex(fits);
      const [event] = at < 0 ? [] : heard.splice(at, 1);
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => {
        const waker = () => {
          wakers.delete(waker);
          resolve();
        };
        wakers.add(waker);
      });
    }
  };
  return { response, heard, next, ended, stop: () => stopping.abort() };
};
