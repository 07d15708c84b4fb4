import type { z } from "zod";
import type { Locale } from "#lib/i18n/locale.ts";
import { attachmentOf } from "#lib/playback/content-disposition.ts";
import { invalidInput } from "#lib/web/field-texts.ts";
import type { RawDescription } from "#lib/web/openapi/description.ts";

/** What a route that answers with a table as a file says of itself; `query` is what it may be asked. */
export const csvDescription = (query: z.ZodObject): RawDescription => ({
  query,
  answers: {
    200: {
      description: "The table (RFC 4180), as a download.",
      content: { "text/csv": "text" },
      headers: { "Content-Disposition": "Its file name." },
    },
  },
});

/**
 * Parses the query and answers with the file that `make` gives for it: UTF-8, a download, for the asker's eyes only. Throws
 * `invalid_input` for a query that does not fit, and what `make` throws.
 */
export const csvAnswer = async <Query extends z.ZodObject>(
  { query, request, locale }: { query: Query; request: Request; locale: Locale },
  make: (asked: z.output<Query>) => Promise<{ name: string; text: string }>,
): Promise<Response> => {
  const input = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = query.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error, { locale, input });
  const { name, text } = await make(parsed.data);
  const headers = {
    "content-type": "text/csv; charset=utf-8; header=present",
    "content-disposition": attachmentOf(name),
  };
  return new Response(text, { headers });
};
