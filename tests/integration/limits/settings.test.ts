import { afterAll, afterEach, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { PATCH as editSettings } from "../../../app/api/v1/admin/settings/route.ts";
import { GET as readMe } from "../../../app/api/v1/me/route.ts";

testDatabase({ RATE_LIMITS: "on", RATE_LIMIT_ACCOUNT_READ: "7/30" });
afterEach(forgetInstanceSettings);
afterAll(() => overrideEnv({ RATE_LIMITS: "off", RATE_LIMIT_ACCOUNT_READ: undefined }));

test("an admin's limit takes the place of the environment's at once, and gives it back", async () => {
  const [admin, person] = [await makePerson({ role: "admin" }), await makePerson()];
  const edit = async (body: unknown) => {
    const response = await editSettings(makeRequest({ method: "PATCH", as: admin, body }));
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const policy = async () => (await readMe(makeRequest({ as: person }))).headers.get("ratelimit-policy");
  expect(await policy()).toBe('"accountRead";q=7;w=30');
  const changed = await edit({ accountReadLimit: { hits: 3, windowSeconds: 60 } });
  expect(changed.body).toMatchObject({
    values: { accountReadLimit: { hits: 3, windowSeconds: 60 } },
    defaults: { accountReadLimit: { hits: 7, windowSeconds: 30 } },
    changed: ["accountReadLimit"],
  });
  expect(await policy()).toBe('"accountRead";q=3;w=60');
  for (const limit of [{ hits: 0, windowSeconds: 60 }, { hits: 3 }, { hits: 3, windowSeconds: 1e6 }, null, 5]) {
    expect((await edit({ accountReadLimit: limit })).status).toBe(400);
  }
  expect((await edit({ reset: ["accountReadLimit"] })).body).toMatchObject({ changed: [] });
  expect(await policy()).toBe('"accountRead";q=7;w=30');
});
