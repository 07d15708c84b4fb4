import type { Account } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";

/** The refusal of somebody who has to confirm their address first. */
export const addressUnconfirmed = (): AppError => new AppError("address_unconfirmed");

/**
 * Whether somebody may upload and publish as far as their address goes: everybody, or, where the instance asks for it
 * (`REQUIRE_VERIFIED_EMAIL`, or what an admin has set since), who has confirmed theirs. Reads the settings over a
 * connection of its own, so that it is not for the inside of a transaction.
 */
export const isAddressGoodEnough = async ({ emailVerifiedAt }: Pick<Account, "emailVerifiedAt">): Promise<boolean> =>
  emailVerifiedAt !== null || !(await instanceSettings()).requireVerifiedEmail;
