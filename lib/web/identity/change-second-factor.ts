import type { RecoveryCodesDto, SecondFactorProof, SecondFactorSecretDto } from "#lib/accounts/dto.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from "#lib/accounts/second-factor/manage.ts";
import { sessionIdOf } from "#lib/accounts/viewer.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { withinPasswordTries } from "#lib/web/identity/password-tries.ts";
import { renewCookie } from "#lib/web/identity/renew-cookie.ts";

type With<Body> = FrameContext & { body: Body };

/** `beginSecondFactor` within the limit of tries. */
export const beginSecondFactorLimited = ({
  viewer,
  body,
}: With<{ password: string }>): Promise<SecondFactorSecretDto> =>
  withinPasswordTries(viewer, () => beginSecondFactor({ viewer, ...body }));

/** `confirmSecondFactor` within the limit of tries; a browser gets the cookie with which its session goes on. */
export const confirmSecondFactorLimited = ({ body, ...context }: With<{ code: string }>): Promise<RecoveryCodesDto> =>
  withinPasswordTries(context.viewer, async () => {
    const { viewer, locale, address, credential } = context;
    const sessionId = sessionIdOf(credential);
    const done = await confirmSecondFactor({ ...{ viewer, locale, address, sessionId }, ...body });
    await renewCookie({ ...context, sessionVersion: done.sessionVersion });
    return { recoveryCodes: done.recoveryCodes };
  });

/** `removeSecondFactor` within the limit of tries. */
export const removeSecondFactorLimited = ({
  viewer,
  locale,
  address,
  body: proof,
}: With<SecondFactorProof>): Promise<void> =>
  withinPasswordTries(viewer, () => removeSecondFactor({ viewer, locale, address, proof }));

/** `renewRecoveryCodes` within the limit of tries. */
export const renewRecoveryCodesLimited = ({
  viewer,
  locale,
  address,
  body: proof,
}: With<SecondFactorProof>): Promise<RecoveryCodesDto> =>
  withinPasswordTries(viewer, () => renewRecoveryCodes({ viewer, locale, address, proof }));
