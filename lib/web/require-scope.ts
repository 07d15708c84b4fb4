import type { RouteScope } from "#lib/accounts/scopes.ts";
import type { Credential, Viewer } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Holds an API token to its scopes; every other credential carries all of them. Throws `forbidden` with a hint that names
 * what is missing. A route that names no scope takes no API token, so that a new one cannot be open by oversight.
 */
export const requireScope = ({
  credential,
  viewer,
  scope,
}: {
  credential: Credential;
  viewer: Viewer;
  scope: RouteScope | undefined;
}): void => {
  if (credential.kind !== "api_token" || scope === "public") return;
  if (scope === undefined || scope === "session") {
    throw new AppError("forbidden", {
      message: "No API token may do this.",
      hint: "Use a session: sign in, or get an access token from POST /api/v1/auth/token.",
    });
  }
  if (!credential.scopes.includes(scope)) {
    throw new AppError("forbidden", {
      message: `This API token lacks the scope ${scope}.`,
      hint: `Make a token with the scope ${scope}.`,
    });
  }
  if (scope.startsWith("admin:") && viewer?.role !== "admin") {
    throw new AppError("forbidden", {
      message: `The scope ${scope} counts only while the token's owner is an admin.`,
      hint: "Ask an admin.",
    });
  }
};
