import { db } from "#lib/db/client.ts";
import { insertMail } from "#lib/db/queries/notifications/mails.ts";
import { newId } from "#lib/ids.ts";
import { unsubscribeToken } from "#lib/mail/unsubscribe-token.ts";
import { type Call, options, person, type Row, refused, same } from "./scene.ts";

const list = "app/api/v1/me/notifications/route.ts";
const read = "app/api/v1/me/notifications/read/route.ts";
const settings = "app/api/v1/me/notification-settings/route.ts";
const off = "app/api/v1/unsubscribe/[token]/route.ts";
const mails = "app/api/v1/admin/mails/route.ts";
const mail = "app/api/v1/admin/mails/[mailId]/route.ts";
const retry = "app/api/v1/admin/mails/[mailId]/retry/route.ts";

const own = same(200, { anonymous: 401, suspended: 401 });
const admins = same(403, { anonymous: 401, admin: 200, suspended: 401 });

/** A mail to the owner, which nobody but admins may read. */
const mailOf = (state: "held" | "failed") => async (): Promise<Partial<Call>> => {
  const mailId = newId();
  await insertMail(db(), {
    ...{ id: mailId, state, kind: "video_ready", locale: "en", toAddress: "owner@example.org" },
    ...{ userId: person("owner").account.id, subject: "Ready", bodyText: "text", bodyHtml: "<p>text</p>" },
  });
  return { params: { mailId } };
};

const tokenOf = async (): Promise<Partial<Call>> => ({
  params: { token: unsubscribeToken({ userId: person("owner").account.id, type: "video.ready" }) },
});

/** Routes of this area. */
export const notificationRows: Row[] = [
  { case: "own", file: list, method: "GET", expected: own },
  ...refused(list, "POST", "PUT", "PATCH", "DELETE"),
  options(list),
  { case: "own", file: read, method: "POST", prepare: async () => ({ body: { all: true } }), expected: own },
  ...refused(read, "GET", "PUT", "PATCH", "DELETE"),
  options(read),
  { case: "own", file: settings, method: "GET", expected: own },
  {
    case: "own",
    file: settings,
    method: "PUT",
    prepare: async () => ({ body: { items: [{ type: "video.ready", inApp: true, email: false }] } }),
    expected: own,
  },
  ...refused(settings, "POST", "PATCH", "DELETE"),
  options(settings),
  { case: "signed", file: off, method: "GET", prepare: tokenOf, expected: same(303) },
  { case: "signed", file: off, method: "POST", prepare: tokenOf, expected: same(204) },
  {
    case: "forged",
    file: off,
    method: "POST",
    prepare: async () => ({ params: { token: "not-ours" } }),
    expected: same(404),
  },
  ...refused(off, "PUT", "PATCH", "DELETE"),
  options(off),
  { case: "the outbox", file: mails, method: "GET", expected: admins },
  ...refused(mails, "POST", "PUT", "PATCH", "DELETE"),
  options(mails),
  { case: "a held mail", file: mail, method: "GET", prepare: mailOf("held"), expected: admins },
  ...refused(mail, "POST", "PUT", "PATCH", "DELETE"),
  options(mail),
  {
    case: "a failed mail, without an SMTP server",
    file: retry,
    method: "POST",
    prepare: mailOf("failed"),
    expected: { ...admins, admin: 409 },
  },
  ...refused(retry, "GET", "PUT", "PATCH", "DELETE"),
  options(retry),
];
