import { inflateRawSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { expireExports, makeExport } from "#lib/accounts/leaving/export-data.ts";
import { makeApiToken } from "#lib/accounts/tokens/api-tokens.ts";
import { db, transaction } from "#lib/db/client.ts";
import { accountExports, mails, outbox, users } from "#lib/db/schema/index.ts";
import { dispatchEvent } from "#lib/notifications/dispatch-event.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { GET as download } from "../../../app/api/v1/me/export/[exportId]/file/route.ts";
import { GET as list, POST as request } from "../../../app/api/v1/me/export/route.ts";

testDatabase();

const { signal } = new AbortController();
let owner: Person;
beforeEach(async () => {
  owner = await makePerson();
});

const ask = (as: Person) => request(makeRequest({ method: "POST", path: "/api/v1/me/export", as }), withParams());
const listed = async (as: Person) =>
  (await (await list(makeRequest({ path: "/api/v1/me/export", as }), withParams())).json()).items;
const fetchFile = (as: Person | null, exportId: string) =>
  download(makeRequest({ path: `/api/v1/me/export/${exportId}/file`, as }), withParams({ exportId }));
const made = async (as: Person): Promise<string> => {
  const { id } = await (await ask(as)).json();
  await makeExport({ exportId: id, signal });
  return id;
};

/** Reads a zip by its central directory (APPNOTE 4.3.12), as another program would. */
const unzip = (zip: Buffer): Map<string, string> => {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, nameLength] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const body = zip.subarray(start, start + size);
    files.set(
      zip.toString("utf8", at + 46, at + 46 + nameLength),
      (method === 8 ? inflateRawSync(body) : body).toString(),
    );
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
};

describe("a file with all that is kept of an account", () => {
  test("is made by a job, told by notice and mail, and holds everything but secrets", async () => {
    const stranger = await makePerson();
    const mine = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, title: "Мій фільм" });
    await makeVideo({ creatorId: stranger.account.id, channelId: stranger.channelId, title: "Not mine" });
    const { token } = await makeApiToken({
      ...{ viewer: owner.account, sessionId: owner.sessionId },
      token: { name: "A script", scopes: ["videos:read"], expiresInDays: 1 },
    });
    const answer = await ask(owner);
    expect(answer.status).toBe(202);
    const { id } = await answer.json();
    expect(await listed(owner)).toMatchObject([{ id, state: "queued", downloadUrl: null }]);
    expect((await fetchFile(owner, id)).status).toBe(404);
    await makeExport({ exportId: id, signal });
    await makeExport({ exportId: id, signal });
    const [row] = await listed(owner);
    expect(row).toMatchObject({ state: "ready", downloadUrl: `/api/v1/me/export/${id}/file` });

    const file = await fetchFile(owner, id);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/zip"]);
    expect(file.headers.get("content-disposition")).toContain("attachment");
    const files = unzip(Buffer.from(await file.arrayBuffer()));
    expect([...files.keys()]).toEqual([
      ...[
        "README.txt",
        "account.json",
        "channels.json",
        "videos.json",
        "captions.json",
        "suggested-tags.json",
        "sharing.json",
      ],
      ...[
        "sessions.json",
        "tokens.json",
        "connections.json",
        "notifications.json",
        "library.json",
        "comments.json",
        "webhooks.json",
      ],
      ...["usage.json", "audit.json"],
    ]);
    const read = (name: string) => JSON.parse(files.get(name) ?? "");
    expect(read("account.json").email).toBe(owner.account.email);
    expect(read("videos.json")).toMatchObject([{ id: mine.id, title: "Мій фільм" }]);
    expect(read("sharing.json")).toMatchObject({
      channels: [{ embedding: "anywhere" }],
      videos: [{ videoId: mine.id, embeddable: true, playbackTokens: [] }],
    });
    expect(read("sessions.json")).toHaveLength(1);
    expect(read("tokens.json")).toMatchObject([{ name: "A script" }]);
    expect(read("audit.json").at(-1)).toMatchObject({ action: "account.export", by: "you" });
    const everything = [...files.values()].join("\n");
    for (const secret of [token, "no password fits", "Not mine"]) expect(everything).not.toContain(secret);

    const [event] = await db().select().from(outbox).where(eq(outbox.userId, owner.account.id));
    expect(event?.type).toBe("export.ready");
    await dispatchEvent({ eventId: event?.id ?? "" });
    const written = await db().select().from(mails).where(eq(mails.userId, owner.account.id));
    expect(written.map(({ kind }) => kind)).toEqual(["export_ready"]);
  });

  test("is its owner's alone", async () => {
    const id = await made(owner);
    const [admin, stranger] = [await makePerson({ role: "admin" }), await makePerson()];
    const statuses = [];
    for (const person of [owner, admin, stranger, null]) {
      const answer = await fetchFile(person, id);
      await answer.body?.cancel();
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 404, 404, 401]);
  });

  test("is made one at a time, and three times a day at most", async () => {
    expect((await Promise.all([ask(owner), ask(owner), ask(owner)])).map(({ status }) => status).toSorted()).toEqual([
      202, 409, 409,
    ]);
    const [{ id }] = await listed(owner);
    await makeExport({ exportId: id, signal });
    for (const _ of [2, 3]) await made(owner);
    const answer = await ask(owner);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(23 * 3600);
  });

  test("counts in the ledger while it is there, and goes after its week", async () => {
    const before = await expectLedgerIsDisk();
    const id = await made(owner);
    expect(await expectLedgerIsDisk()).toBeGreaterThan(before);
    await expireExports();
    expect((await listed(owner))[0].state).toBe("ready");
    await db()
      .update(accountExports)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(accountExports.id, id));
    expect((await fetchFile(owner, id)).status).toBe(410);
    await expireExports();
    expect(await expectLedgerIsDisk()).toBe(before);
    expect((await listed(owner))[0]).toMatchObject({ state: "expired", downloadUrl: null });
    expect((await fetchFile(owner, id)).status).toBe(410);
  });

  test("is not made of an account that is leaving, and a try that fails leaves another one free", async () => {
    const { id } = await (await ask(owner)).json();
    await expect(makeExport({ exportId: id, signal: AbortSignal.abort() })).rejects.toThrow();
    expect((await listed(owner))[0].state).toBe("queued");
    await db().update(users).set({ deletionRequestedAt: new Date() }).where(eq(users.id, owner.account.id));
    await makeExport({ exportId: id, signal });
    // Whoever comes back can ask anew, and does not wait for a file that nobody makes.
    await db().update(users).set({ deletionRequestedAt: null }).where(eq(users.id, owner.account.id));
    expect((await listed(owner))[0].state).toBe("expired");
    expect((await ask(owner)).status).toBe(202);
  });

  test("leaves nothing behind when it was given up meanwhile", async () => {
    const before = await expectLedgerIsDisk();
    const { id } = await (await ask(owner)).json();
    const making = await transaction(async (tx) => {
      await tx.update(accountExports).set({ state: "expired" }).where(eq(accountExports.id, id));
      const made = makeExport({ exportId: id, signal });
      await waitFor({
        what: "the file to be written and its row to be waited for",
        until: async () => (await db().execute("select 1 from pg_locks where not granted")).length > 0,
      });
      return { made };
    });
    await making.made;
    expect(await expectLedgerIsDisk()).toBe(before);
  });
});
