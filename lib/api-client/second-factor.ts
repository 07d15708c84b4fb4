import type { RecoveryCodesDto, SecondFactorProof, SecondFactorSecretDto } from "#lib/accounts/dto.ts";
import { apiRequest } from "#lib/api-client/request.ts";

/** Gets a secret for an authenticator app. Throws `ApiError` with `fields` (`password`). */
export const beginSecondFactor = (password: string): Promise<SecondFactorSecretDto> =>
  apiRequest({ path: "/me/second-factor", method: "POST", body: { password } });

/** Switches the second factor on with a first code. Throws `ApiError` with `fields` (`code`). */
export const confirmSecondFactor = (code: string): Promise<RecoveryCodesDto> =>
  apiRequest({ path: "/me/second-factor/confirm", method: "POST", body: { code } });

/** Switches the second factor off. Throws `ApiError` with `fields` (`password`, `code`). */
export const removeSecondFactor = (proof: SecondFactorProof): Promise<void> =>
  apiRequest({ path: "/me/second-factor", method: "DELETE", body: proof });

/** Makes the recovery codes anew. Throws `ApiError` with `fields` (`password`, `code`). */
export const renewRecoveryCodes = (proof: SecondFactorProof): Promise<RecoveryCodesDto> =>
  apiRequest({ path: "/me/second-factor/recovery-codes", method: "POST", body: proof });
