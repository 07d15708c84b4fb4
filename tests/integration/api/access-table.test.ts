import { globSync } from "node:fs";
import { eq } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { users } from "#lib/db/schema/index.ts";
import { closeEventStreams, reopenEventStreams } from "#lib/web/streams/event-streams.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { accountMailRows } from "./access/account-mail-rows.ts";
import { accountRows } from "./access/account-rows.ts";
import { adminRows, takedownRows } from "./access/admin-rows.ts";
import { analyticsRows } from "./access/analytics-rows.ts";
import { approvalRows } from "./access/approval-rows.ts";
import { avatarRows } from "./access/avatar-rows.ts";
import { channelRows } from "./access/channel-rows.ts";
import { commentRows } from "./access/comment-rows.ts";
import { connectionRows } from "./access/connection-rows.ts";
import { exportRows } from "./access/export-rows.ts";
import { fileRows } from "./access/file-rows.ts";
import { labelRows } from "./access/label-rows.ts";
import { leavingRows } from "./access/leaving-rows.ts";
import { libraryRows } from "./access/library-rows.ts";
import { mediaRows } from "./access/media-rows.ts";
import { notificationRows } from "./access/notification-rows.ts";
import { posterRows } from "./access/poster-rows.ts";
import { type Actor, actors, handlersOf, makePeople, person, type Row } from "./access/scene.ts";
import { scriptRows } from "./access/script-rows.ts";
import { searchRows } from "./access/search-rows.ts";
import { sessionRows } from "./access/session-rows.ts";
import { sharingRows } from "./access/sharing-rows.ts";
import { siteRows } from "./access/site-rows.ts";
import { textRows } from "./access/text-rows.ts";
import { uploadDefaultRows } from "./access/upload-default-rows.ts";
import { uploadRows } from "./access/upload-rows.ts";
import { usageRows } from "./access/usage-rows.ts";
import { videoRows } from "./access/video-rows.ts";
import { watermarkRows } from "./access/watermark-rows.ts";
import { webhookRows } from "./access/webhook-rows.ts";

testDatabase();

beforeAll(makePeople);

afterEach(() => {
  closeEventStreams();
  reopenEventStreams();
});

// Each area of routes has a file of rows in access/; a new one joins here.
const rows: Row[] = [
  ...textRows,
  ...videoRows,
  ...accountRows,
  ...accountMailRows,
  ...avatarRows,
  ...scriptRows,
  ...searchRows,
  ...sessionRows,
  ...siteRows,
  ...uploadRows,
  ...usageRows,
  ...uploadDefaultRows,
  ...labelRows,
  ...leavingRows,
  ...mediaRows,
  ...connectionRows,
  ...exportRows,
  ...fileRows,
  ...watermarkRows,
  ...webhookRows,
  ...channelRows,
  ...commentRows,
  ...libraryRows,
  ...posterRows,
  ...notificationRows,
  ...adminRows,
  ...analyticsRows,
  ...approvalRows,
  ...takedownRows,
  ...sharingRows,
];

const call = async (row: Row, actor: Actor): Promise<number> => {
  const { params = {}, body, headers = {}, path = "/" } = (await row.prepare?.()) ?? {};
  const request = makeRequest({
    method: row.method,
    path,
    as: actor === "anonymous" ? null : person(actor),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const handler = (await handlersOf(row.file))[row.method];
  if (handler === undefined) throw new Error(`${row.file} does not export ${row.method}`);
  const response = await handler(request, withParams(params));
  await response.body?.cancel();
  return response.status;
};

describe.each(rows)("$method $file ($case)", (row) => {
  test.each(actors)("answers %s as the table says", async (actor) => {
    expect(await call(row, actor)).toBe(row.expected[actor]);
  });
});

test("names every route and method there is", async () => {
  const files = globSync("app/**/route.ts", { cwd: new URL("../../..", import.meta.url) });
  const found: string[] = [];
  for (const file of files.toSorted()) {
    for (const method of Object.keys(await handlersOf(file))) found.push(`${method} ${file}`);
  }
  const named = new Set(rows.map((row) => `${row.method} ${row.file}`));
  expect(found.filter((one) => !named.has(one))).toEqual([]);
  expect(found.length).toBeGreaterThan(60);
});

test("the suspended account is suspended and all others are not", async () => {
  for (const actor of actors.filter((one) => one !== "anonymous")) {
    const [user] = await db()
      .select()
      .from(users)
      .where(eq(users.id, person(actor).account.id));
    expect(user?.status).toBe(actor === "suspended" ? "suspended" : "active");
  }
});
