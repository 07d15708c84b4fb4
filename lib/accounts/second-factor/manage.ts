import { renderSVG } from "uqr";
import type { RecoveryCodesDto, SecondFactorDto, SecondFactorProof, SecondFactorSecretDto } from "#lib/accounts/dto.ts";
import { verifyPassword } from "#lib/accounts/password-hash.ts";
import { takeSecondFactor } from "#lib/accounts/second-factor/check-code.ts";
import { makeRecoveryCodes } from "#lib/accounts/second-factor/recovery-codes.ts";
import { sealSecret, unsealSecret } from "#lib/accounts/second-factor/sealed-secret.ts";
import { newTimeSecret, stepOfCode, timeCodeUri } from "#lib/accounts/second-factor/time-code.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  confirmTotp,
  findTotp,
  listOpenRecoveryCodes,
  putUnconfirmedTotp,
  removeTotp,
  replaceRecoveryCodes,
} from "#lib/db/queries/accounts/second-factor.ts";
import { findUser, lockUser, type UserRow } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/** Who changes their second factor, in which language, and from where. */
type Asked = { viewer: Viewer; locale: Locale; address: string };
type Change = { user: UserRow; asked: Asked; change: "on" | "off" | "codes" };

const wrong = (field: "password" | "code") =>
  new AppError("invalid_input", { fields: { [field]: field === "code" ? "code_wrong" : "password_wrong" } });

const isOn = () =>
  new AppError("conflict", { message: "The second factor is on already.", hint: "Switch it off first." });
const isOff = () => new AppError("conflict", { message: "The second factor is off.", hint: "Switch it on first." });

const requireUser = async (viewer: Viewer): Promise<UserRow> => {
  const user = viewer === null ? null : await findUser(db(), viewer.id);
  if (user === null) throw new AppError("unauthenticated");
  return user;
};

const requirePassword = async ({ viewer, password }: { viewer: Viewer; password: string }): Promise<UserRow> => {
  const user = await requireUser(viewer);
  if (!(await verifyPassword({ password, phc: user.passwordHash }))) throw wrong("password");
  return user;
};

const tell = async (tx: Tx, { user, asked: { locale, address }, change }: Change): Promise<void> => {
  const action = `account.second_factor_${change}`;
  await recordAudit(tx, { actorId: user.id, action, targetType: "user", targetId: user.id, address, details: {} });
  await queueMail(tx, {
    ...{ userId: user.id, toAddress: user.email, locale: user.locale ?? locale },
    ...{ kind: "second_factor_changed", data: { name: user.displayName, change } },
  });
};

const renewCodes = async (tx: Tx, userId: string): Promise<RecoveryCodesDto> => {
  const { codes, rows } = makeRecoveryCodes(userId);
  await replaceRecoveryCodes(tx, { userId, codes: rows });
  return { recoveryCodes: codes };
};

/** Whether the caller is asked for a second factor, and how many recovery codes are left. Throws `unauthenticated`. */
export const getSecondFactor = async (viewer: Viewer): Promise<SecondFactorDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const row = await findTotp(db(), { userId: viewer.id });
  if (row === null || row.confirmedAt === null) return { enabled: false, recoveryCodesLeft: 0 };
  return { enabled: true, recoveryCodesLeft: (await listOpenRecoveryCodes(db(), viewer.id)).length };
};

/**
 * Makes a secret for the caller's authenticator app; nothing is asked for before a first code confirms it, and beginning
 * anew forgets the earlier one. Throws `unauthenticated`, `invalid_input` with `fields`, and `conflict` when it is on.
 */
export const beginSecondFactor = async ({
  viewer,
  password,
}: {
  viewer: Viewer;
  password: string;
}): Promise<SecondFactorSecretDto> => {
  const { id: userId, email } = await requirePassword({ viewer, password });
  const secret = newTimeSecret();
  if (!(await putUnconfirmedTotp(db(), { userId, sealedSecret: sealSecret({ userId, secret }) }))) throw isOn();
  const { publicUrl } = env();
  const issuer = publicUrl === null ? "Kinora" : `Kinora (${new URL(publicUrl).hostname})`;
  const uri = timeCodeUri({ secret, issuer, label: email });
  // ISO/IEC 18004, section 9.1: a quiet zone of four modules, which must not come from the page's own ground.
  return { secret, uri, qrSvg: renderSVG(uri, { border: 4 }) };
};

/**
 * Switches the second factor on with a first code of the app: gives the recovery codes, this once, and ends all other
 * sessions; API tokens stay. Throws `unauthenticated`, `invalid_input` with `fields`, and `conflict` when nothing was begun
 * or it is on.
 */
export const confirmSecondFactor = ({
  code,
  sessionId,
  ...asked
}: Asked & { code: string; sessionId: string | null }): Promise<RecoveryCodesDto & { sessionVersion: number }> =>
  transaction(async (tx) => {
    const user = asked.viewer === null ? null : await lockUser(tx, asked.viewer.id);
    if (user === null) throw new AppError("unauthenticated");
    const userId = user.id;
    const row = await findTotp(tx, { userId, lock: true });
    if (row === null) throw isOff();
    if (row.confirmedAt !== null) throw isOn();
    const step = stepOfCode({ secret: unsealSecret(row), code: code.replaceAll(/\s/g, ""), now: Date.now() });
    if (step === null) throw wrong("code");
    if (!(await confirmTotp(tx, { userId, step }))) throw isOn();
    const { recoveryCodes } = await renewCodes(tx, userId);
    const exceptSessionId = sessionId ?? undefined;
    const ended = await endAllSessions(tx, { userId, reason: "account", exceptSessionId, keepApiTokens: true });
    await tell(tx, { user, asked, change: "on" });
    return { recoveryCodes, ...ended };
  });

/** Changes a second factor that is on after the caller has shown password and code. */
const changeProven = async <T>(
  { proof, ...asked }: Asked & { proof: SecondFactorProof },
  { change, work }: { change: "off" | "codes"; work: (tx: Tx, userId: string) => Promise<T> },
): Promise<T> => {
  const user = await requirePassword({ viewer: asked.viewer, password: proof.password });
  return transaction(async (tx) => {
    const userId = user.id;
    const row = await findTotp(tx, { userId, lock: true });
    if (row === null || row.confirmedAt === null) throw isOff();
    if (!(await takeSecondFactor(tx, { userId, code: proof.code, address: asked.address }))) throw wrong("code");
    const done = await work(tx, userId);
    await tell(tx, { user, asked, change });
    return done;
  });
};

/** Switches the second factor off. Throws `unauthenticated`, `invalid_input` with `fields`, and `conflict` when it is off. */
export const removeSecondFactor = (asked: Asked & { proof: SecondFactorProof }): Promise<void> =>
  changeProven(asked, { change: "off", work: removeTotp });

/**
 * Makes the recovery codes anew; the old ones end. Throws `unauthenticated`, `invalid_input` with `fields`, and `conflict`
 * while the second factor is off.
 */
export const renewRecoveryCodes = (asked: Asked & { proof: SecondFactorProof }): Promise<RecoveryCodesDto> =>
  changeProven(asked, { change: "codes", work: renewCodes });
