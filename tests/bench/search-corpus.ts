import { type VideoCategory, videoCategories } from "#lib/videos/categories.ts";

/** A seeded source of numbers from 0 up to 1 (mulberry32): the same corpus on every machine. */
export const seeded = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const syllables = {
  latin: ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "sha", "ple", "gri", "ton", "dur", "mel"],
  cyrillic: ["ба", "ке", "лі", "мо", "ну", "ра", "се", "ти", "во", "зу", "ша", "пле", "гри", "тон", "дур", "мел"],
};

/** Different words, the commonest first; every second one in Cyrillic. */
export const makeWords = (count: number): string[] => {
  const words = new Set<string>();
  const random = seeded(7);
  while (words.size < count) {
    const parts = words.size % 2 === 0 ? syllables.latin : syllables.cyrillic;
    const length = 2 + Math.floor(random() * 4);
    let word = "";
    for (let at = 0; at < length; at += 1) word += parts[Math.floor(random() * parts.length)];
    words.add(word);
  }
  return [...words];
};

/** Ranks by Zipf's law: the n-th commonest word comes n times more rarely than the first. No stop words are left out. */
export const zipf = (count: number): ((random: number) => number) => {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return (random) => {
    const wanted = random * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};

/** A video of the corpus; words are ranks. The first videos are the most popular ones. */
export type CorpusVideo = {
  index: number;
  title: number[];
  description: number[];
  cues: number[][];
  durationMs: number;
  category: VideoCategory | null;
  language: string | null;
  /** Words by rank, each a tag. */
  tags: number[];
};

// Commonest first; null: nobody said.
const categories = [...videoCategories.slice(0, 3), null, ...videoCategories.slice(3)] as const;
const languages = ["en", "uk", null, "de", "fr"] as const;

/** How large a corpus is. */
export type CorpusSize = { videos: number; words: number; cuesPerVideo: number };

/** Every video of a corpus, one after the other; equal sizes give equal videos. */
export function* makeVideos({ videos, words, cuesPerVideo }: CorpusSize): Generator<CorpusVideo> {
  const random = seeded(42);
  const rank = zipf(words);
  const some = (length: number) => Array.from({ length }, () => rank(random()));
  const one = <T>(values: readonly T[], rankOf: (random: number) => number) => values[rankOf(random())] ?? null;
  const [categoryRank, languageRank] = [zipf(categories.length), zipf(languages.length)];
  for (let index = 0; index < videos; index += 1) {
    yield {
      index,
      title: some(3 + Math.floor(random() * 5)),
      description: some(15),
      cues: Array.from({ length: cuesPerVideo }, () => some(8)),
      durationMs: 60_000 + Math.floor(random() * 3_600_000),
      category: one(categories, categoryRank),
      language: one(languages, languageRank),
      tags: [...new Set(some(Math.floor(random() * 5)))],
    };
  }
}

/** An id that says which of its kind it is. */
export const corpusId = (kind: number, index: number): string =>
  `${String(kind).padStart(8, "0")}-0000-7000-8000-${index.toString(16).padStart(12, "0")}`;

const mistyped = (word: string, random: () => number): string => {
  const letters = [...word];
  const at = 1 + Math.floor(random() * (letters.length - 2));
  const [letter = "", next = ""] = letters.slice(at, at + 2);
  const edits = [[next, letter], [letter], [letter, letter, next], ["о", next]];
  return letters.toSpliced(at, 2, ...(edits[Math.floor(random() * edits.length)] ?? [])).join("");
};

/** Queries as people ask them: words of titles; every fifth with a typo, every fifth with an unfinished word at its end. */
export const makeQueries = (input: CorpusSize & { names: readonly string[]; count: number }): string[] => {
  const { names, count, ...size } = input;
  const random = seeded(99);
  const sample: number[][] = [];
  for (const { title } of makeVideos({ ...size, videos: Math.min(size.videos, 20_000) })) sample.push(title);
  return Array.from({ length: count }, (_, at) => {
    const title = sample[Math.floor(random() * sample.length)] ?? [];
    const words = title.slice(0, 1 + Math.floor(random() * 3)).map((rank) => names[rank] ?? "");
    const last = words.at(-1) ?? "";
    if (at % 5 === 1 && [...last].length > 4)
      return [...words.slice(0, -1), mistyped(last, random)].join(" ").concat(" ");
    if (at % 5 === 3 && [...last].length > 4) return [...words.slice(0, -1), [...last].slice(0, 4).join("")].join(" ");
    return words.join(" ");
  });
};
