/** Which page of ids is asked for: those after one, in order. */
export type IdPage = { after: string | null; limit: number };

const pageSize = 100;

/** Every page that `list` gives, one after the other; a page that is not full is the last. */
export async function* pagesOf<T extends string | { videoId: string }>(
  list: (page: IdPage) => Promise<T[]>,
): AsyncGenerator<T[]> {
  for (let after: string | null = null; ; ) {
    const page = await list({ after, limit: pageSize });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < pageSize || last === undefined) return;
    after = typeof last === "string" ? last : last.videoId;
  }
}
