/** What a follower wants to hear of, beside notices. */
export type StreamWants = {
  /** All of the caller's videos. */
  videos: boolean;
  /** Ids of single videos, whoever's they are. */
  watched: readonly string[];
  /** Language of the page, in which the API words what the stream tells. */
  language: string;
  /** Id of the account that the page was drawn for: another tab of the browser may be signed in as somebody else by now. */
  account: string;
};

/** What a stream tells its follower. */
export type StreamHandlers = {
  /** An event's name and its data as JSON. */
  onMessage: (name: string, data: string) => void;
  /** Called on each (re)connection. */
  onOpen: () => void;
  /** Called when the connection broke; it is tried again. `refused`: the API does not answer with a stream, for now. */
  onLost: (refused: boolean) => void;
};

/** Opens a stream that tells what is wanted, and keeps it open. Returns the function that ends it. */
export type OpenStream = (wants: StreamWants, handlers: StreamHandlers) => () => void;

/** Who follows what happens to the caller's things. */
export type StreamFollower = StreamWants & StreamHandlers;

/** Many followers over one stream. */
export type StreamHub = {
  /** Returns the function that ends it; the last one closes the stream. */
  follow: (follower: StreamFollower) => () => void;
  /** Closes the stream until `resume`; the followers stay. */
  pause: () => void;
  resume: () => void;
};

type Opened = {
  wants: StreamWants;
  isOpen: boolean;
  unread: number | null;
  /** The one before, which tells on until this one is open. */
  before: Opened | null;
  close: () => void;
};

const noticeName = "notification";
/** Most single videos of one stream; the API refuses more. The newest are told. */
const mostWatched = 20;
/** Milliseconds in which those who come together are answered by one stream. */
const gatherMs = 20;

/** All that is wanted together, by those of the account that came last. */
const union = (followers: Iterable<StreamFollower>): StreamWants => {
  const { account = "", language = "" } = [...followers].at(-1) ?? {};
  const all = [...followers].filter((follower) => follower.account === account);
  return {
    ...{ account, language, videos: all.some(({ videos }) => videos) },
    watched: [...new Set(all.flatMap(({ watched }) => watched).reverse())].slice(0, mostWatched),
  };
};

const covers = (has: StreamWants, wants: StreamWants) =>
  has.account === wants.account &&
  has.language === wants.language &&
  (has.videos || !wants.videos) &&
  wants.watched.every((id) => has.watched.includes(id));

/** The wording of a notice is of no use to those who come later; how many are unread is. */
const unreadOf = (data: string): number => (JSON.parse(data) as { unread: number }).unread;

const isFor = ({ videos, watched }: StreamWants, { name, data }: { name: string; data: string }): boolean => {
  if (name === noticeName) return true;
  if (name !== "watched") return videos;
  const { video } = JSON.parse(data) as { video: { id: string } };
  return watched.includes(video.id);
};

/** Tells those whose stream it is. */
const each = (
  followers: ReadonlySet<StreamFollower>,
  { wants, tell }: { wants: StreamWants; tell: (follower: StreamFollower) => void },
) => {
  for (const follower of [...followers]) {
    if (follower.account === wants.account && followers.has(follower)) tell(follower);
  }
};

const closeAll = (stream: Opened | null): void => {
  if (stream === null) return;
  closeAll(stream.before);
  stream.before = null;
  stream.close();
};

type Opening = { followers: ReadonlySet<StreamFollower>; before: Opened | null; open: OpenStream };

/** Opens a stream that hands on to those followers who want it; the one before is closed as soon as this one is open. */
const openFor = ({ followers, before, open }: Opening): Opened => {
  const wants = union(followers);
  const stream: Opened = { wants, isOpen: false, unread: null, before, close: () => undefined };
  stream.close = open(wants, {
    onMessage: (name, data) => {
      if (name === noticeName) stream.unread = unreadOf(data);
      const tell = (follower: StreamFollower) => {
        if (isFor(follower, { name, data })) follower.onMessage(name, data);
      };
      each(followers, { wants, tell });
    },
    onOpen: () => {
      closeAll(stream.before);
      stream.before = null;
      stream.isOpen = true;
      each(followers, { wants, tell: (follower) => follower.onOpen() });
    },
    onLost: (refused) => {
      stream.isOpen = false;
      stream.unread = null;
      each(followers, { wants, tell: (follower) => follower.onLost(refused) });
    },
  });
  return stream;
};

/** Whoever comes to an open stream hears what those before have heard at its beginning. */
const catchUp = (follower: StreamFollower, { isOpen, unread, wants }: Opened) => {
  if (!isOpen || follower.account !== wants.account) return;
  follower.onOpen();
  if (unread !== null) follower.onMessage(noticeName, JSON.stringify({ notification: null, unread }));
};

/**
 * One stream for many followers: it is opened with all they want, opened anew when somebody wants more, and kept when
 * somebody goes. A follower hears only what it wants, and only of the account that its page was drawn for. Works in a page, and in a worker that serves all pages.
 */
export const makeStreamHub = (open: OpenStream): StreamHub => {
  const followers = new Set<StreamFollower>();
  let opened: Opened | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPaused = false;

  const isEnough = () => opened !== null && covers(opened.wants, union(followers));
  const close = () => {
    clearTimeout(timer);
    timer = undefined;
    closeAll(opened);
    opened = null;
  };
  const gather = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (isEnough()) return;
      opened = openFor({ followers, before: opened, open });
    }, gatherMs);
  };

  return {
    follow: (follower) => {
      followers.add(follower);
      if (!isPaused && !isEnough()) gather();
      else {
        queueMicrotask(() => {
          if (followers.has(follower) && opened !== null) catchUp(follower, opened);
        });
      }
      return () => {
        followers.delete(follower);
        if (followers.size === 0) close();
      };
    },
    pause: () => {
      isPaused = true;
      close();
    },
    resume: () => {
      if (!isPaused) return;
      isPaused = false;
      if (followers.size > 0) gather();
    },
  };
};
