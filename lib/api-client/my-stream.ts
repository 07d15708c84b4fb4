import { openSource } from "#lib/api-client/reopening-source.ts";

/** Who follows what happens to the caller's things. */
export type MyFollower = {
  /** Wants to hear of videos too, not of notices alone. */
  videos: boolean;
  onMessage: (name: string, data: string) => void;
  onOpen: () => void;
  onLost: () => void;
};

type Opened = { videos: boolean; isOpen: boolean; lastNotice: string | null; close: () => void };

const noticeName = "notification";
const names = ["progress", "playable", "ready", "failed", "changed", "deleted", noticeName];

// A browser holds six connections to a site over HTTP/1.1, so everything on a page shares one stream.
const followers = new Set<MyFollower>();
let opened: Opened | null = null;

const each = (tell: (follower: MyFollower) => void) => {
  for (const follower of [...followers]) tell(follower);
};

const openStream = (videos: boolean): Opened => {
  const stream: Opened = { videos, isOpen: false, lastNotice: null, close: () => undefined };
  stream.close = openSource(videos ? "/me/events" : `/me/events?only=notifications`, {
    names,
    onMessage: (name, data) => {
      if (name === noticeName) stream.lastNotice = data;
      each((follower) => follower.onMessage(name, data));
    },
    onOpen: () => {
      stream.isOpen = true;
      each((follower) => follower.onOpen());
    },
    onLost: () => {
      stream.isOpen = false;
      each((follower) => follower.onLost());
    },
  });
  return stream;
};

/** Whoever comes later hears what those before have heard at the stream's beginning. */
const catchUp = (follower: MyFollower, { lastNotice }: Opened) =>
  queueMicrotask(() => {
    if (!followers.has(follower)) return;
    follower.onOpen();
    if (lastNotice !== null) follower.onMessage(noticeName, lastNotice);
  });

/**
 * Follows what happens to the caller's things over this page's one stream, which tells of videos only while somebody wants
 * to hear of them. Returns the function that ends it; the last one closes the stream.
 */
export const followMine = (follower: MyFollower): (() => void) => {
  followers.add(follower);
  if (opened === null) opened = openStream(follower.videos);
  else if (follower.videos && !opened.videos) {
    opened.close();
    opened = openStream(true);
  } else if (opened.isOpen) catchUp(follower, opened);
  return () => {
    followers.delete(follower);
    if (followers.size > 0) return;
    opened?.close();
    opened = null;
  };
};
