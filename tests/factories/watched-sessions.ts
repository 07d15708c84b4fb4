/** What somebody does with a player; seconds of the video are whole. */
export type Act =
  | { kind: "play"; seconds: number; rate: number; height: number }
  | { kind: "seek"; to: number }
  | { kind: "pause"; ms: number }
  | { kind: "stall"; ms: number };

/** One player that was opened: by whom, when, and what came of it. */
export type WatchedSession = {
  openedAtMs: number;
  address: string;
  userAgent: string;
  /** Whether the program says that it is no person's browser. */
  isProgram: boolean;
  device: "desktop" | "mobile" | "tablet";
  browser: "firefox" | "chrome" | "safari";
  source: { kind: "direct" | "search" | "related" | "embed" | "external"; host: string | null };
  startupMs: number | null;
  acts: Act[];
  /** A fault that the player tells at its end. */
  error: "network" | "gone" | null;
};

type Person = Pick<WatchedSession, "userAgent" | "device" | "browser" | "isProgram">;

const onLinux: Person = {
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  ...{ device: "desktop", browser: "firefox", isProgram: false },
};
const webKit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const people: readonly Person[] = [
  onLinux,
  {
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/141.0 Safari/537.36`,
    ...{ device: "desktop", browser: "chrome", isProgram: false },
  },
  {
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webKit} Version/18.0 Mobile/15E148 Safari/604.1`,
    ...{ device: "mobile", browser: "safari", isProgram: false },
  },
  {
    userAgent: `Mozilla/5.0 (Linux; Android 15; SM-X710) ${webKit} Chrome/141.0 Safari/537.36`,
    ...{ device: "tablet", browser: "chrome", isProgram: false },
  },
];
const programs = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "python-requests/2.32.0",
  "curl/8.9.1",
];
const sources: readonly WatchedSession["source"][] = [
  { kind: "direct", host: null },
  { kind: "search", host: null },
  { kind: "related", host: null },
  { kind: "embed", host: "blog.example" },
  { kind: "external", host: "news.example" },
];
const heights = [360, 720, 1080];

/** Numbers below a bound, the same for the same seed: a linear congruence (Knuth's, 32 bits). */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/**
 * A seeded day of sessions of a video: several browsers, some people who come again, programs, players that fail, and all that
 * one does with a player: pauses, seeks, stalls, other rates, the same seconds again. Ends of acts lie on whole seconds of the video.
 */
export const watchedSessions = (input: {
  count: number;
  seed: number;
  startMs: number;
  videoSeconds: number;
}): WatchedSession[] => {
  const { count, seed, startMs, videoSeconds } = input;
  const random = randomFrom(seed);
  const one = <T>(list: readonly T[], first: T): T => list[random(list.length)] ?? first;
  const act = (): Act => {
    const kind = random(8);
    if (kind === 0) return { kind: "seek", to: random(videoSeconds - 10) };
    // A loop: from the beginning again.
    if (kind === 1) return { kind: "seek", to: 0 };
    if (kind === 2) return { kind: "stall", ms: 250 * (1 + random(9)) };
    if (kind === 3) return { kind: "pause", ms: 1000 * (1 + random(80)) };
    // Six seconds last whole milliseconds at each of these rates.
    return {
      kind: "play",
      seconds: 6 * (1 + random(5)),
      rate: one([1, 1, 1, 0.5, 1.5, 2], 1),
      height: one(heights, 360),
    };
  };
  return Array.from({ length: count }, (): WatchedSession => {
    const isProgram = random(12) === 0;
    const person = one(people, onLinux);
    const failed = random(15) === 0;
    return {
      ...person,
      ...(isProgram ? { isProgram, userAgent: one(programs, "curl/8.9.1") } : {}),
      openedAtMs: startMs + random(8 * 3600) * 1000,
      address: `198.51.100.${random(120)}`,
      source: one(sources, { kind: "direct", host: null }),
      startupMs: failed ? null : 50 * (1 + random(60)),
      acts: failed ? [] : Array.from({ length: 1 + random(10) }, act),
      error: failed ? one(["network", "gone"] as const, "gone") : random(20) === 0 ? "network" : null,
    };
  });
};
