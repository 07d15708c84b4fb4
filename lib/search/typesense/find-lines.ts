import { z } from "zod";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import { maxCuesOfHit, type SearchAnswer } from "#lib/search/engine.ts";
import { type Asking, askAll, type Found, type Search } from "#lib/search/typesense/ask.ts";
import { oneOf } from "#lib/search/typesense/filters.ts";
import type { MeantWord } from "#lib/search/typesense/meant-words.ts";
import { tokenOf } from "#lib/search/typesense/tokens.ts";

/** Lines of one video that are compared. */
const linesAtOnce = 12;

const lineSchema = z.object({
  ...{ video_id: z.string(), caption_id: z.string(), text: z.string() },
  ...{ start_ms: z.number(), end_ms: z.number(), stems: z.array(z.string()) },
});

type Line = z.output<typeof lineSchema> & { fit: number };

type Cue = SearchAnswer["hits"][number]["cues"][number];

const linesOf = (found: readonly Found[], wanted: ReadonlySet<string>): Line[] =>
  found
    .flatMap(({ grouped_hits }) => grouped_hits.flatMap(({ hits }) => hits))
    .map(({ document }) => lineSchema.parse(document))
    .map((line) => ({ ...line, fit: line.stems.filter((stem) => wanted.has(stem)).length }));

/** The lines with most of the words, then the earliest; one moment is told once, though several tracks say it. */
const bestOf = (lines: readonly Line[]): Cue[] => {
  const best = new Map<number, Line>();
  for (const line of lines) {
    const second = Math.floor(line.start_ms / 1000);
    if ((best.get(second)?.fit ?? 0) < line.fit) best.set(second, line);
  }
  return [...best.values()]
    .toSorted((a, b) => b.fit - a.fit || a.start_ms - b.start_ms)
    .slice(0, maxCuesOfHit)
    .map(({ caption_id, start_ms, end_ms, text }) => ({
      ...{ captionId: caption_id, startMs: start_ms, endMs: end_ms, text },
    }));
};

/** The lines of a page's videos that fit best, by video: those with all words are asked for, and those with any. */
export const findLines = async (
  asking: Asking & { collection: string },
  { videoIds, meant }: { videoIds: readonly string[]; meant: readonly MeantWord[] },
): Promise<Map<string, Cue[]>> => {
  const groups = meant.map(({ words }) => [...new Set(words.map((word) => tokenOf(stemWord(word))))]);
  const stems = new Set(groups.flat());
  if (videoIds.length === 0 || stems.size === 0) return new Map();
  const search = (conditions: readonly string[]): Search => ({
    ...{ collection: asking.collection, q: "*", sort_by: "start_ms:asc", limit: videoIds.length },
    filter_by: [oneOf("video_id", videoIds), ...conditions].join(" && "),
    ...{ group_by: "video_id", group_limit: linesAtOnce },
    include_fields: "video_id,caption_id,start_ms,end_ms,text,stems",
  });
  const all = groups.length > 1 ? [search(groups.map((group) => oneOf("stems", group)))] : [];
  const found = await askAll(asking, [...all, search([oneOf("stems", [...stems])])]);
  const ofVideo = Map.groupBy(linesOf(found, stems), ({ video_id }) => video_id);
  return new Map([...ofVideo].map(([videoId, lines]) => [videoId, bestOf(lines)]));
};
