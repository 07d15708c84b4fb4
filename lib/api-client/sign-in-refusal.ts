/** What next-auth's browser code tells of a log-in. */
type SignInAnswer = { ok: boolean; status: number; error: string | null; url: string | null };

/** Codes that the log-in's door names in its answer; everything else is a pair that does not fit. */
const namedCodes: readonly string[] = ["rate_limited", "forbidden", "second_factor_required"];

/** next-auth says yes to a form whose token came without its cookie, and leads back to the log-in. */
const lacksCookie = ({ url }: SignInAnswer): boolean =>
  URL.parse(url ?? "", "http://site.invalid")?.searchParams.get("csrf") === "true";

/**
 * Why the log-in's door let nobody in, as a code; null when it did. `cookies_refused`: the browser keeps no cookie of this
 * site, as one that is to have them by https alone and came by http.
 */
export const signInRefusal = (answer: SignInAnswer | undefined): string | null => {
  // Without an answer next-auth has sent the browser elsewhere by itself.
  if (answer === undefined) return "unavailable";
  const { ok, error, status } = answer;
  if (ok && !error) return lacksCookie(answer) ? "cookies_refused" : null;
  if (error && namedCodes.includes(error)) return error;
  if (status === 429) return "rate_limited";
  return status >= 500 ? "unavailable" : "unauthenticated";
};
