import type { Client } from "typesense";
import { z } from "zod";
import type { IndexedDocument } from "#lib/search/engine.ts";
import { typesenseTimes, withinTime } from "#lib/search/typesense/client.ts";

const pageSize = 500;

const lineSchema = z.object({ id: z.string(), fingerprint: z.string().default("") });

const parse = (line: string): IndexedDocument => {
  const { id, fingerprint } = lineSchema.parse(JSON.parse(line));
  return { videoId: id, fingerprint };
};

/** All videos of a collection with their fingerprints, as the server streams them. Throws as `withinTime` does. */
export async function* readIndexed(client: Client, name: string): AsyncGenerator<IndexedDocument[]> {
  const inTime = <T>(work: () => Promise<T>) => withinTime(typesenseTimes.write, work);
  const stream = await inTime(() =>
    client.collections(name).documents().exportStream({ include_fields: "id,fingerprint" }),
  );
  stream.setEncoding("utf8");
  const parts: AsyncIterator<string> = stream[Symbol.asyncIterator]();
  let rest = "";
  let page: IndexedDocument[] = [];
  try {
    for (;;) {
      const { done, value } = await inTime(() => parts.next());
      const lines = `${rest}${done ? "\n" : value}`.split("\n");
      rest = lines.pop() ?? "";
      page.push(...lines.filter((line) => line !== "").map(parse));
      if (page.length >= pageSize || done) yield page;
      if (page.length >= pageSize) page = [];
      if (done) return;
    }
  } finally {
    stream.destroy();
  }
}
