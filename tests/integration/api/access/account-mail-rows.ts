import { options, type Row, refused, same } from "./scene.ts";

const verifyEmail = "app/api/v1/auth/verify-email/route.ts";
const forgotPassword = "app/api/v1/auth/forgot-password/route.ts";
const resetPassword = "app/api/v1/auth/reset-password/route.ts";
const email = "app/api/v1/me/email/route.ts";
const confirmEmail = "app/api/v1/me/email/confirm/route.ts";
const verification = "app/api/v1/me/email/verification/route.ts";
const secondFactor = "app/api/v1/me/second-factor/route.ts";
const confirmFactor = "app/api/v1/me/second-factor/confirm/route.ts";
const recoveryCodes = "app/api/v1/me/second-factor/recovery-codes/route.ts";

const token = "made-up";
/** The scene's accounts have no password: everybody who is let in gets as far as being told that it is wrong. */
const password = "not the password";
const body = (sent: unknown) => async () => ({ body: sent });
/** Each acts on the own account alone. */
const signedIn = (status: number) => same(status, { anonymous: 401, suspended: 401 });

/** Mails of accounts and the second factor. */
export const accountMailRows: Row[] = [
  {
    case: "made-up link",
    file: verifyEmail,
    method: "POST",
    prepare: body({ token }),
    expected: same(410, { suspended: 401 }),
  },
  ...refused(verifyEmail, "GET", "PUT", "PATCH", "DELETE"),
  options(verifyEmail),
  {
    case: "nobody's address",
    file: forgotPassword,
    method: "POST",
    prepare: body({ email: "nobody@example.org" }),
    expected: same(202),
  },
  ...refused(forgotPassword, "GET", "PUT", "PATCH", "DELETE"),
  options(forgotPassword),
  {
    case: "made-up link",
    file: resetPassword,
    method: "POST",
    prepare: body({ token, password: "quiet cinema seats" }),
    expected: same(410),
  },
  ...refused(resetPassword, "GET", "PUT", "PATCH", "DELETE"),
  options(resetPassword),
  {
    case: "own, wrong password",
    file: email,
    method: "POST",
    prepare: body({ email: "new@example.org", password }),
    expected: signedIn(400),
  },
  ...refused(email, "GET", "PUT", "PATCH", "DELETE"),
  options(email),
  { case: "made-up link", file: confirmEmail, method: "POST", prepare: body({ token }), expected: signedIn(410) },
  ...refused(confirmEmail, "GET", "PUT", "PATCH", "DELETE"),
  options(confirmEmail),
  { case: "confirmed already", file: verification, method: "POST", expected: signedIn(409) },
  ...refused(verification, "GET", "PUT", "PATCH", "DELETE"),
  options(verification),
  { case: "own", file: secondFactor, method: "GET", expected: signedIn(200) },
  {
    case: "own, wrong password",
    file: secondFactor,
    method: "POST",
    prepare: body({ password }),
    expected: signedIn(400),
  },
  {
    case: "own, wrong password",
    file: secondFactor,
    method: "DELETE",
    prepare: body({ password, code: "000000" }),
    expected: signedIn(400),
  },
  ...refused(secondFactor, "PUT", "PATCH"),
  options(secondFactor),
  {
    case: "own, nothing begun",
    file: confirmFactor,
    method: "POST",
    prepare: body({ code: "000000" }),
    expected: signedIn(409),
  },
  ...refused(confirmFactor, "GET", "PUT", "PATCH", "DELETE"),
  options(confirmFactor),
  {
    case: "own, wrong password",
    file: recoveryCodes,
    method: "POST",
    prepare: body({ password, code: "000000" }),
    expected: signedIn(400),
  },
  ...refused(recoveryCodes, "GET", "PUT", "PATCH", "DELETE"),
  options(recoveryCodes),
];
