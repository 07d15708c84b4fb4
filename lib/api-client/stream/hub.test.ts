import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeStreamHub, type OpenStream, type StreamHandlers, type StreamWants } from "#lib/api-client/stream/hub.ts";

/** A source of streams that the test speaks through. */
const makeSource = () => {
  const streams: { wants: StreamWants; handlers: StreamHandlers; closed: boolean }[] = [];
  const open: OpenStream = (wants, handlers) => {
    const stream = { wants, handlers, closed: false };
    streams.push(stream);
    return () => {
      stream.closed = true;
    };
  };
  const last = () => {
    const stream = streams.at(-1);
    if (stream === undefined) throw new Error("nothing was opened");
    return stream;
  };
  return { open, streams, last };
};

const follower = (wants: Partial<StreamWants> = {}) => {
  const heard: string[] = [];
  return {
    ...{ videos: false, watched: [], language: "en", account: "anna", ...wants, heard },
    onMessage: (name: string, data: string) => heard.push(`${name} ${data}`),
    onOpen: () => heard.push("open"),
    onLost: () => heard.push("lost"),
  };
};

const notice = (unread: number, text: string | null = "new") => JSON.stringify({ notification: text, unread });
const watched = (id: string) => JSON.stringify({ event: "changed", video: { id } });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("one stream", () => {
  test("is opened once for all who come together, with what they want together", () => {
    const { open, streams, last } = makeSource();
    const hub = makeStreamHub(open);
    hub.follow(follower());
    hub.follow(follower({ videos: true }));
    hub.follow(follower({ watched: ["a"] }));
    vi.runAllTimers();
    expect(streams).toHaveLength(1);
    expect(last().wants).toEqual({ videos: true, watched: ["a"], language: "en", account: "anna" });
  });

  test("tells everybody of notices and of nothing else that they do not want", () => {
    const { open, last } = makeSource();
    const hub = makeStreamHub(open);
    const [bell, studio, watch] = [follower(), follower({ videos: true }), follower({ watched: ["a"] })];
    for (const one of [bell, studio, watch]) hub.follow(one);
    vi.runAllTimers();
    const { onMessage, onOpen } = last().handlers;
    onOpen();
    onMessage("progress", "{}");
    onMessage("watched", watched("a"));
    onMessage("watched", watched("b"));
    onMessage("notification", notice(1));
    expect(bell.heard).toEqual(["open", `notification ${notice(1)}`]);
    expect(studio.heard).toEqual(["open", "progress {}", `notification ${notice(1)}`]);
    expect(watch.heard).toEqual(["open", `watched ${watched("a")}`, `notification ${notice(1)}`]);
  });

  test("is opened anew for more, in another language too, and kept when somebody goes", () => {
    const { open, streams, last } = makeSource();
    const hub = makeStreamHub(open);
    hub.follow(follower({ watched: ["a"] }));
    vi.runAllTimers();
    const leave = hub.follow(follower({ watched: ["b"] }));
    vi.runAllTimers();
    // The first tells on until the second is there, so nothing is missed in between.
    expect(streams.map(({ closed }) => closed)).toEqual([false, false]);
    last().handlers.onOpen();
    expect(streams.map(({ closed }) => closed)).toEqual([true, false]);
    expect([...last().wants.watched].sort()).toEqual(["a", "b"]);
    leave();
    hub.follow(follower({ watched: ["a"] }));
    vi.runAllTimers();
    expect(streams).toHaveLength(2);
    hub.follow(follower({ language: "uk" }));
    vi.runAllTimers();
    expect(streams).toHaveLength(3);
    expect(last().wants.language).toBe("uk");
  });

  test("is closed with the one before it, when that has not been replaced yet", () => {
    const { open, streams } = makeSource();
    const hub = makeStreamHub(open);
    const leaving = [hub.follow(follower())];
    vi.runAllTimers();
    leaving.push(hub.follow(follower({ videos: true })));
    vi.runAllTimers();
    for (const leave of leaving) leave();
    expect(streams.map(({ closed }) => closed)).toEqual([true, true]);
  });

  test("tells a page nothing of another account than the one it was drawn for", async () => {
    const { open, streams, last } = makeSource();
    const hub = makeStreamHub(open);
    const anna = follower({ videos: true, watched: ["a"] });
    hub.follow(anna);
    vi.runAllTimers();
    last().handlers.onOpen();
    last().handlers.onMessage("notification", notice(7));
    const before = anna.heard.length;
    const bohdan = follower({ account: "bohdan" });
    hub.follow(bohdan);
    await Promise.resolve();
    expect(bohdan.heard).toEqual([]);
    streams[0]?.handlers.onMessage("notification", notice(8));
    expect(bohdan.heard).toEqual([]);
    vi.runAllTimers();
    expect(last().wants).toEqual({ videos: false, watched: [], language: "en", account: "bohdan" });
    last().handlers.onOpen();
    last().handlers.onMessage("notification", notice(1));
    last().handlers.onMessage("changed", "{}");
    expect(bohdan.heard).toEqual(["open", `notification ${notice(1)}`]);
    // Anna has heard her own last one and nothing since.
    expect(anna.heard.slice(before)).toEqual([`notification ${notice(8)}`]);
    expect(streams[0]?.closed).toBe(true);
  });

  test("is closed by the last who goes, and by nobody before", () => {
    const { open, last } = makeSource();
    const hub = makeStreamHub(open);
    const leaving = [hub.follow(follower()), hub.follow(follower())];
    vi.runAllTimers();
    leaving[0]?.();
    expect(last().closed).toBe(false);
    leaving[1]?.();
    expect(last().closed).toBe(true);
  });

  test("is never opened for one who went at once", () => {
    const { open, streams } = makeSource();
    makeStreamHub(open).follow(follower())();
    vi.runAllTimers();
    expect(streams).toEqual([]);
  });

  test("asks for no more single videos than the API takes: the newest", () => {
    const { open, last } = makeSource();
    const hub = makeStreamHub(open);
    for (let n = 0; n < 25; n += 1) hub.follow(follower({ watched: [`v${n}`] }));
    vi.runAllTimers();
    expect(last().wants.watched).toHaveLength(20);
    expect(last().wants.watched).toContain("v24");
    expect(last().wants.watched).not.toContain("v4");
  });
});

test("who comes later hears that the stream is open and how much is unread, but no old notice as a new one", async () => {
  const { open, last } = makeSource();
  const hub = makeStreamHub(open);
  hub.follow(follower());
  vi.runAllTimers();
  last().handlers.onOpen();
  last().handlers.onMessage("notification", notice(3));
  const late = follower();
  hub.follow(late);
  await Promise.resolve();
  expect(late.heard).toEqual(["open", `notification ${notice(3, null)}`]);
  last().handlers.onLost(false);
  const later = follower();
  hub.follow(later);
  await Promise.resolve();
  expect(later.heard).toEqual([]);
});

test("a hub that pauses closes its stream, opens none, and opens it again for those who stayed", () => {
  const { open, streams, last } = makeSource();
  const hub = makeStreamHub(open);
  hub.follow(follower({ videos: true }));
  vi.runAllTimers();
  hub.pause();
  expect(last().closed).toBe(true);
  const leave = hub.follow(follower());
  vi.runAllTimers();
  expect(streams).toHaveLength(1);
  hub.resume();
  vi.runAllTimers();
  expect(streams).toHaveLength(2);
  expect(last().wants.videos).toBe(true);
  leave();
  expect(last().closed).toBe(false);
});

test("hubs stand behind each other: a page's hub follows the browser's", async () => {
  const { open, streams, last } = makeSource();
  const browser = makeStreamHub(open);
  const page = () => makeStreamHub((wants, handlers) => browser.follow({ ...wants, ...handlers }));
  const [first, second] = [follower({ watched: ["a"] }), follower({ watched: ["b"] })];
  page().follow(first);
  const leave = page().follow(second);
  vi.runAllTimers();
  expect(streams).toHaveLength(1);
  last().handlers.onMessage("watched", watched("a"));
  expect(first.heard).toHaveLength(1);
  expect(second.heard).toEqual([]);
  leave();
  expect(last().closed).toBe(false);
});
