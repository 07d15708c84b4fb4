import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { SessionDto } from "#lib/accounts/dto.ts";
import { keepAccounts } from "#lib/accounts/keep-accounts.ts";
import { db } from "#lib/db/client.ts";
import { auditLog, sessions } from "#lib/db/schema/index.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeSession } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as logoutRoute } from "../../../app/api/v1/auth/logout/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";
import { DELETE as endOne } from "../../../app/api/v1/me/sessions/[sessionId]/route.ts";
import { DELETE as endOthers, GET as listRoute } from "../../../app/api/v1/me/sessions/route.ts";

testDatabase();

let person: Person;

beforeEach(async () => {
  person = await makePerson();
});

const list = async (path = "/"): Promise<{ items: SessionDto[]; nextCursor: string | null }> =>
  (await listRoute(makeRequest({ as: person, path }))).json();
const me = async (as: Person, address?: string) =>
  (await meRoute(makeRequest({ as, ...(address === undefined ? {} : { address }) }))).status;
const rowOf = async (id: string) => (await db().select().from(sessions).where(eq(sessions.id, id)))[0];
const setSeen = (lastSeenAt: Date) =>
  db().update(sessions).set({ lastSeenAt }).where(eq(sessions.id, person.sessionId));

describe("the list of sessions", () => {
  test("marks the one that asks and puts user agents into words", async () => {
    await makeSession({
      userId: person.account.id,
      userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0",
      address: "203.0.113.5",
    });
    const { items } = await list();
    expect(items.map(({ current, browser, system, address }) => ({ current, browser, system, address }))).toEqual([
      { current: false, browser: "Firefox", system: "Windows", address: "203.0.113.5" },
      expect.objectContaining({ current: true }),
    ]);
  });

  test("leaves out what ended, what expired and what is another's", async () => {
    const userId = person.account.id;
    await makeSession({ userId, endedAt: new Date(), endReason: "logout" });
    await makeSession({ userId, expiresAt: new Date(Date.now() - 1000) });
    await makePerson();
    expect((await list()).items.map(({ id }) => id)).toEqual([person.sessionId]);
  });

  test("comes in pages", async () => {
    for (let made = 0; made < 4; made += 1) await makeSession({ userId: person.account.id });
    const first = await list("/?limit=3");
    const second = await list(`/?limit=3&cursor=${first.nextCursor}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
  });
});

describe("a session's use", () => {
  test("is written with its address, at most once a minute", async () => {
    const longAgo = new Date(Date.now() - 3_600_000);
    await setSeen(longAgo);
    await me(person, "203.0.113.9");
    const written = await rowOf(person.sessionId);
    expect(written?.address).toBe("203.0.113.9");
    expect(written?.lastSeenAt.getTime()).toBeGreaterThan(longAgo.getTime() + 3_500_000);
    await me(person, "203.0.113.10");
    expect(await rowOf(person.sessionId)).toEqual(written);
  });

  test("prolongs it, ninety days from its beginning at most", async () => {
    const begun = new Date(Date.now() - 86 * 86_400_000);
    await db().update(sessions).set({ createdAt: begun }).where(eq(sessions.id, person.sessionId));
    await setSeen(new Date(Date.now() - 120_000));
    await me(person);
    const { expiresAt } = (await rowOf(person.sessionId)) ?? {};
    expect((expiresAt?.getTime() ?? 0) - begun.getTime()).toBe(90 * 86_400_000);
  });

  test("is over when it expired", async () => {
    await db()
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(sessions.id, person.sessionId));
    expect(await me(person)).toBe(401);
  });
});

describe("ending sessions", () => {
  test("one of them kills a copy of its cookie", async () => {
    const other = { ...person };
    const request = makeRequest({ method: "DELETE", as: person });
    expect((await endOne(request, withParams({ sessionId: other.sessionId }))).status).toBe(204);
    expect(await me(other)).toBe(401);
    expect(await rowOf(person.sessionId)).toMatchObject({ endReason: "revoked" });
  });

  test("all others leaves the one that asks", async () => {
    await makeSession({ userId: person.account.id });
    await makeSession({ userId: person.account.id, kind: "program" });
    const stranger = await makePerson();
    const answer = await (await endOthers(makeRequest({ method: "DELETE", as: person }))).json();
    expect(answer).toEqual({ ended: 2 });
    expect([await me(person), await me(stranger)]).toEqual([200, 200]);
    expect((await list()).items).toHaveLength(1);
  });

  test("is in the audit log, and ending nothing is not", async () => {
    const { id: userId } = person.account;
    const { id: sessionId } = await makeSession({ userId });
    const one = () => endOne(makeRequest({ method: "DELETE", as: person }), withParams({ sessionId }));
    expect([(await one()).status, (await one()).status]).toEqual([204, 404]);
    await makeSession({ userId });
    for (const _ of [1, 2]) await endOthers(makeRequest({ method: "DELETE", as: person }));
    const rows = await db().select().from(auditLog).where(eq(auditLog.targetId, userId)).orderBy(auditLog.id);
    const entry = { actorId: userId, address: "127.0.0.1" };
    expect(rows).toMatchObject([
      { ...entry, action: "account.end_session", details: { sessionId } },
      { ...entry, action: "account.end_other_sessions", details: { sessions: 1 } },
    ]);
    expect(rows).toHaveLength(2);
  });

  test("log-out ends the row, so that a copied cookie is dead", async () => {
    const copy = { ...person };
    const response = await logoutRoute(makeRequest({ method: "POST", as: person }));
    expect(response.headers.get("set-cookie")).toContain("Max-Age=0");
    expect(await me(copy)).toBe(401);
    expect(await rowOf(person.sessionId)).toMatchObject({ endReason: "logout" });
  });

  test("upkeep removes what ended a month ago, and nothing else", async () => {
    const userId = person.account.id;
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
    const old = await makeSession({ userId, endedAt: ago(31), endReason: "logout" });
    const lapsed = await makeSession({ userId, expiresAt: ago(31) });
    const recent = await makeSession({ userId, endedAt: ago(1), endReason: "logout" });
    await keepAccounts();
    const left = await Promise.all([old, lapsed, recent].map(async ({ id }) => (await rowOf(id)) !== undefined));
    expect(left).toEqual([false, false, true]);
    expect(await me(person)).toBe(200);
  });
});
