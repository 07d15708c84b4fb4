import type { MarkedVideo } from "#tests/e2e/crawl/crawl-scene.ts";
import type { Answer } from "#tests/e2e/crawl/crawler.ts";

/** Something of a video in an answer. */
export type Trace = { fate: string; room: string; path: string };

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path).toLowerCase();
  } catch {
    return path.toLowerCase();
  }
};

const read = new WeakMap<Answer, string>();

/** As a reader sees it too: a highlighted word has marks within. Worked out once for each answer. */
const readable = (answer: Answer): string => {
  const known = read.get(answer);
  if (known !== undefined) return known;
  const text = `${answer.text}\n${answer.text.replaceAll(/<[^>]*>/g, "")}`.toLowerCase();
  read.set(answer, text);
  return text;
};

/**
 * Where a video's id, words or bytes stand in answers. What the question itself named, and is only given back, is none. With
 * `byAddress`, what its own addresses give is none either: those that name it, or something that belongs to it.
 */
export const findTraces = (input: { answers: readonly Answer[]; video: MarkedVideo; byAddress?: boolean }): Trace[] => {
  const { answers, video, byAddress = false } = input;
  const needles = [...Object.entries(video.marks), ...video.ids.map((id, at) => [`id ${at}`, id] as const)];
  return answers.flatMap((answer) => {
    const { path } = answer;
    const asked = decoded(path);
    if (byAddress && video.ids.some((id) => asked.includes(id))) return [];
    const seen = readable(answer);
    return needles
      .filter(([, needle]) => seen.includes(needle) && !asked.includes(needle))
      .map(([room]) => ({ fate: video.fate, room, path }));
  });
};
