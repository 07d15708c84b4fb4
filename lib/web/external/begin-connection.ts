import type { NewConnection } from "#lib/accounts/external/dto.ts";
import { proveOwnership } from "#lib/accounts/external/prove-ownership.ts";
import { configuredServices, providerOf } from "#lib/accounts/external/services.ts";
import { AppError } from "#lib/errors.ts";
import { pendingLink } from "#lib/web/external/sealed-cookie.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { withinPasswordTries } from "#lib/web/identity/password-tries.ts";

/**
 * Makes sure that the account's owner is there, and remembers in the browser that this session wants to connect a service:
 * a stolen session must not be enough to open a door of one's own. Throws what `proveOwnership` throws, `rate_limited`,
 * `invalid_input` for a service that is not configured, and `forbidden` for programs.
 */
export const beginConnection = ({
  viewer,
  credential,
  address,
  headers,
  body: { service, ...proof },
}: FrameContext & { body: NewConnection }): Promise<void> =>
  withinPasswordTries(viewer, async () => {
    if (credential.kind !== "browser") throw new AppError("forbidden", { hint: "Do this in a browser." });
    if (!configuredServices().some(({ id }) => id === service)) {
      throw new AppError("invalid_input", { fields: { service: "choice" } });
    }
    const { sessionId } = credential;
    const { id: userId } = await proveOwnership({ viewer, sessionId, proof, address });
    headers.append("set-cookie", await pendingLink.remember({ userId, sessionId, provider: providerOf(service) }));
  });
