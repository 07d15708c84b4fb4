import type { LeaveBody, LeavingDto } from "#lib/accounts/leaving/dto.ts";
import { leave } from "#lib/accounts/leaving/leave.ts";
import { sessionIdOf } from "#lib/accounts/viewer.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { withinPasswordTries } from "#lib/web/identity/password-tries.ts";
import { sessionClearCookie } from "#lib/web/identity/session-cookie.ts";

/** `leave` within the limit of tries; a browser forgets its session, which has ended. */
export const leaveAccount = ({
  viewer,
  credential,
  address,
  locale,
  headers,
  body: { username, ...proof },
}: FrameContext & { body: LeaveBody }): Promise<LeavingDto> =>
  withinPasswordTries(viewer, async () => {
    const sessionId = sessionIdOf(credential);
    const left = await leave({ viewer, sessionId, proof, address, locale, username });
    if (credential.kind === "browser") headers.append("set-cookie", sessionClearCookie());
    return left;
  });
