import { captionFileLimit } from "#lib/captions/add-caption.ts";
import { type CaptionFacts, captionQuerySchema, captionTextSchema } from "#lib/captions/dto.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { invalidInput } from "#lib/web/field-texts.ts";
import { readBytes, readJson } from "#lib/web/read-body.ts";

/**
 * A caption file as it was sent: as the body itself, with what is said of it in the query, or as JSON with its text;
 * without one the bytes are null.
 * Throws `invalid_input`, and `too_large` without reading on.
 */
export const captionUpload = async (
  request: Request,
  locale: Locale,
): Promise<{ bytes: Uint8Array | null; facts: CaptionFacts }> => {
  if (/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    const input = await readJson(request);
    const sent = captionTextSchema.safeParse(input);
    if (!sent.success) throw invalidInput(sent.error, { locale, input });
    const { text, ...facts } = sent.data;
    return { bytes: text === undefined ? null : new TextEncoder().encode(text), facts };
  }
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const facts = captionQuerySchema.safeParse(query);
  if (!facts.success) throw invalidInput(facts.error, { locale, input: query });
  return { bytes: await readBytes(request, captionFileLimit), facts: facts.data };
};
