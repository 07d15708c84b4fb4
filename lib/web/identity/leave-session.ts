import { refreshSchema } from "#lib/accounts/dto.ts";
import { logOut } from "#lib/accounts/sessions/end-sessions.ts";
import { logOutByRefreshToken } from "#lib/accounts/tokens/program-session.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { invalidInput } from "#lib/web/field-texts.ts";
import { sessionToLeave } from "#lib/web/identity/viewer-from-request.ts";
import { readJson } from "#lib/web/read-body.ts";

/**
 * Ends the session that a request comes with, and the one of the refresh token in its body, when it has one. Throws
 * `unauthenticated` for a Bearer token that is no good access token, and what reading the body throws.
 */
export const leaveSession = async ({ request, locale }: { request: Request; locale: Locale }): Promise<void> => {
  const sessionId = await sessionToLeave(request);
  if (request.headers.has("content-type")) {
    const input = await readJson(request);
    const parsed = refreshSchema.safeParse(input);
    if (!parsed.success) throw invalidInput(parsed.error, { locale, input });
    await logOutByRefreshToken(parsed.data.refreshToken);
  }
  if (sessionId !== null) await logOut(sessionId);
};
