import type { FrameContext } from "#lib/web/frame.ts";
import { encodeSession, sessionSetCookie } from "#lib/web/identity/session-cookie.ts";

/** Gives a browser the cookie with which its session goes on under another version; programs go on with their refresh token. */
export const renewCookie = async ({
  viewer,
  credential,
  headers,
  sessionVersion,
}: Pick<FrameContext, "viewer" | "credential" | "headers"> & { sessionVersion: number }): Promise<void> => {
  if (viewer === null || credential.kind !== "browser") return;
  const cookie = await encodeSession({ sessionId: credential.sessionId, userId: viewer.id, sessionVersion });
  headers.append("set-cookie", sessionSetCookie(cookie));
};
