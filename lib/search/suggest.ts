import type { SuggestionListDto } from "#lib/search/dto.ts";
import { withEngine } from "#lib/search/with-engine.ts";

/** What may be meant by the beginning of a query; none for an empty one. The same for everybody. */
export const suggest = async ({ q, limit }: { q: string; limit: number }): Promise<SuggestionListDto> => {
  const words = q.replaceAll("\u0000", " ").trimStart();
  if (words === "") return { items: [], nextCursor: null };
  const { answer } = await withEngine((engine) => engine.suggest({ q: words, limit }));
  return { items: answer, nextCursor: null };
};
