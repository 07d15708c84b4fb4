import type { Client } from "typesense";
import { synonymItems } from "#lib/search/typesense/synonyms.ts";

/** The collections of an index; searches and writes name them by these aliases, or by their own names while they are filled. */
export type Collections = { videos: string; cues: string; channels: string };

/** Aliases of the index that answers. */
export const aliasesOf = (prefix: string): Collections => ({
  videos: `${prefix}_videos`,
  cues: `${prefix}_cues`,
  channels: `${prefix}_channels`,
});

/** The parts of an index, in the order in which aliases move: lines first, so that found videos never lack theirs. */
export const collectionKinds = ["cues", "channels", "videos"] as const;

const text = (name: string) => ({ name, type: "string" as const });
const facet = (name: string) => ({ name, type: "string" as const, facet: true, optional: true });

/** A video. Fields of text hold stems (see tokens.ts), those that end in `words` whole words for what is typed in part. */
const videoFields = [
  ...["title", "title_words", "tags", "channel", "chapters", "description", "spoken", "words"].map(text),
  facet("category"),
  facet("language"),
  facet("duration"),
  { name: "tag", type: "string[]" as const, facet: true },
  { name: "channel_id", type: "string" as const, facet: true },
  { name: "captions", type: "string" as const, facet: true },
  // Seconds since 1970.
  { name: "published_at", type: "int64" as const, facet: true, sort: true },
  { name: "views", type: "int64" as const, sort: true },
  // Only told: what the drift check compares.
  { name: "fingerprint", type: "string" as const, index: false, optional: true },
];

/** A line of a text track. */
const cueFields = [
  { name: "video_id", type: "string" as const, facet: true },
  { name: "stems", type: "string[]" as const },
  { name: "start_ms", type: "int32" as const, sort: true },
  // Of the track: lines of other versions go.
  { name: "version", type: "string" as const, facet: true },
  ...["caption_id", "text"].map((name) => ({ name, type: "string" as const, index: false, optional: true })),
  { name: "end_ms", type: "int32" as const, index: false, optional: true },
];

const channelFields = [text("words")];

/** The name of an index's synonyms on the server. */
export const synonymsName = (prefix: string): string => `${prefix}_synonyms`;

/** Makes empty collections of which `stamp` is part of the name. Needs a server of version 30 or newer for synonyms. */
export const createCollections = async (
  client: Client,
  { prefix, stamp }: { prefix: string; stamp: string },
): Promise<Collections> => {
  const aliases = aliasesOf(prefix);
  const made = {
    videos: `${aliases.videos}_${stamp}`,
    cues: `${aliases.cues}_${stamp}`,
    channels: `${aliases.channels}_${stamp}`,
  };
  const synonyms = synonymsName(prefix);
  await client.synonymSets(synonyms).upsert({ items: synonymItems() });
  await client
    .collections()
    .create({ name: made.videos, fields: videoFields, default_sorting_field: "views", synonym_sets: [synonyms] });
  await client.collections().create({ name: made.cues, fields: cueFields });
  await client.collections().create({ name: made.channels, fields: channelFields });
  return made;
};

/** Names of our collections on the server that no alias leads to, `but` those: what earlier rebuilds left. */
export const strayCollections = async (
  client: Client,
  { prefix, but }: { prefix: string; but: readonly string[] },
): Promise<string[]> => {
  const [collections, { aliases }] = [
    await client.collections().retrieve({ exclude_fields: "fields" }),
    await client.aliases().retrieve(),
  ];
  const kept = new Set([...but, ...aliases.map(({ collection_name }) => collection_name)]);
  const ours = Object.values(aliasesOf(prefix)).map((alias) => new RegExp(`^${alias}_\\d+$`));
  return collections
    .map(({ name }) => name)
    .filter((name) => ours.some((pattern) => pattern.test(name)) && !kept.has(name));
};
