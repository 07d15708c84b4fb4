import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { failureCodes, isFailureCode } from "#lib/media/failures.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What went wrong and what helps, in the reader's language. A code of a later version is told as an internal fault. */
export const failureText = ({ code, locale }: { code: string; locale: Locale }): NonNullable<VideoDto["failure"]> => {
  const known = isFailureCode(code) ? code : "internal";
  const text = translator({ locale, namespace: "failures" });
  return {
    code,
    message: text(`${known}.message`),
    hint: text(`${known}.hint`),
    retryable: failureCodes[known].retryable,
  };
};
