/** A caption while it is edited. `text` is what is typed (`typedOf`), times are milliseconds. */
export type EditedCue = { key: number; startMs: number; endMs: number; text: string; settings: string };

/** What is wrong with a caption, as keys of its words. */
export type CueFault = { text?: "noWords"; endMs?: "order" };

/** How long a new caption lasts where there is room, in milliseconds. */
const usualMs = 2_000;

type Cues = readonly EditedCue[];

const inOrder = (cues: Cues): Cues => cues.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);

/** Changes one caption; the list stays in the order of time. */
export const changeCue = (cues: Cues, change: { key: number; part: Partial<Omit<EditedCue, "key">> }): Cues =>
  inOrder(cues.map((cue) => (cue.key === change.key ? { ...cue, ...change.part } : cue)));

/** Takes one caption away. */
export const removeCue = (cues: Cues, key: number): Cues => cues.filter((cue) => cue.key !== key);

const tag = /<(\/?)([biu])>/g;

/** Tags that are open after a text, outermost first. */
const openTags = (text: string): string[] => {
  const open: string[] = [];
  for (const [, slash, name = ""] of text.matchAll(tag)) {
    if (slash === "") open.push(name);
    else if (open.includes(name)) open.splice(open.lastIndexOf(name), 1);
  }
  return open;
};

/** Out of a tag: a mark inside one stands before it. */
const outside = (text: string, at: number): number => {
  const inside = [...text.matchAll(tag)].find((match) => at > match.index && at < match.index + match[0].length);
  return inside?.index ?? at;
};

const plain = (text: string) => text.replace(tag, "").trim();

/** The two parts of a text, tags closed and opened again at the cut; null when one of them would have no words. */
const partsOf = (text: string, mark: number): { head: string; tail: string } | null => {
  const at = outside(text, mark);
  const [head, tail] = [text.slice(0, at).trim(), text.slice(at).trim()];
  if (plain(head) === "" || plain(tail) === "") return null;
  const open = openTags(head);
  return {
    head:
      head +
      open
        .toReversed()
        .map((name) => `</${name}>`)
        .join(""),
    tail: open.map((name) => `<${name}>`).join("") + tail,
  };
};

/**
 * Cuts a caption in two where the mark stands in its text; its time is cut as its words are. With the mark at an end both
 * halves say the same. The same list when it is too short to be cut.
 */
export const splitCue = (cues: Cues, cut: { key: number; at: number; newKey: number }): Cues => {
  const cue = cues.find(({ key }) => key === cut.key);
  if (cue === undefined || cue.endMs - cue.startMs < 2) return cues;
  const parts = partsOf(cue.text, cut.at);
  const [first, second] = parts === null ? [1, 1] : [plain(parts.head).length, plain(parts.tail).length];
  const share = Math.round(((cue.endMs - cue.startMs) * first) / (first + second) / 100) * 100;
  const cutMs = Math.min(cue.endMs - 1, Math.max(cue.startMs + 1, cue.startMs + share));
  const head = { ...cue, endMs: cutMs, text: parts?.head ?? cue.text };
  const tail = { ...cue, key: cut.newKey, startMs: cutMs, text: parts?.tail ?? cue.text };
  return cues.flatMap((one) => (one.key === cut.key ? [head, tail] : [one]));
};

/** Joins a caption with the one after it, which gives its words and its end. The same list when it is the last. */
export const mergeCue = (cues: Cues, key: number): Cues => {
  const at = cues.findIndex((cue) => cue.key === key);
  const [cue, next] = [cues[at], cues[at + 1]];
  if (cue === undefined || next === undefined) return cues;
  const text = [cue.text, next.text].filter((part) => part.trim() !== "").join("\n");
  const merged = { ...cue, endMs: Math.max(cue.endMs, next.endMs), text };
  return [...cues.slice(0, at), merged, ...cues.slice(at + 2)];
};

/** Adds an empty caption at a moment: up to the next one's start, two seconds at most, beside one that is spoken then. */
export const insertCue = (cues: Cues, input: { atMs: number; newKey: number }): Cues => {
  const startMs = Math.max(0, Math.round(input.atMs));
  const spoken = cues.some((cue) => cue.startMs <= startMs && cue.endMs > startMs);
  const nextMs = cues.find((cue) => cue.startMs > startMs)?.startMs ?? Number.POSITIVE_INFINITY;
  const endMs = spoken ? startMs + usualMs : Math.min(startMs + usualMs, nextMs);
  return inOrder([...cues, { key: input.newKey, startMs, endMs, text: "", settings: "" }]);
};

/** Moves all captions by some milliseconds. What would be over before the video begins goes. */
export const shiftCues = (cues: Cues, ms: number): Cues =>
  ms === 0
    ? cues
    : cues
        .filter(({ endMs }) => endMs + ms > 0)
        .map((cue) => ({ ...cue, startMs: Math.max(0, cue.startMs + ms), endMs: cue.endMs + ms }));

const comparable = (text: string) =>
  text.replace(tag, "").replaceAll("&amp;", "&").replace(/\s+/g, " ").trim().toLocaleLowerCase();

/** Index of the next caption after (or, `back`, before) `from` that has the words, round the ends; null when none has. */
export const findCue = (cues: Cues, input: { query: string; from: number; back?: boolean }): number | null => {
  const query = comparable(input.query);
  if (query === "") return null;
  const hits = cues.flatMap(({ text }, index) => (comparable(text).includes(query) ? [index] : []));
  const beyond = input.back ? hits.findLast((index) => index < input.from) : hits.find((index) => index > input.from);
  return beyond ?? (input.back ? hits.at(-1) : hits[0]) ?? null;
};

/** Index of the caption that is spoken at a moment, the last to begin of several; -1 in a pause. */
export const activeIndex = (cues: Cues, ms: number): number => {
  // In order by start: what begins later is not looked at.
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.startMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= Math.max(0, low - 8); index -= 1) if ((cues[index]?.endMs ?? 0) > ms) return index;
  return -1;
};

/** What is wrong with each caption, by its key; empty when all can be saved. */
export const cueFaults = (cues: Cues): Map<number, CueFault> => {
  const faults = new Map<number, CueFault>();
  for (const { key, startMs, endMs, text } of cues) {
    const wordless = plain(text) === "";
    const turned = endMs <= startMs;
    if (!wordless && !turned) continue;
    faults.set(key, { ...(wordless ? { text: "noWords" } : {}), ...(turned ? { endMs: "order" } : {}) });
  }
  return faults;
};
