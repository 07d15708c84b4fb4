import { expect, test } from "vitest";
import { draftOf, limitSettings, readDraft } from "#components/admin/settings-draft.ts";
import type { SettingsDto } from "#lib/settings/dto.ts";

const limit = { hits: 10, windowSeconds: 60 };
const values: SettingsDto["values"] = {
  ...{ signUpMode: "open", signUpRole: "creator", requireVerifiedEmail: false, accountGraceDays: 14 },
  ...{ storageQuotaBytes: null, dailyUploadBytes: 2_500_000_000, monthlyDeliveryBytes: null },
  ...{ loginPairLimit: limit, loginAddressLimit: limit, signupLimit: limit, signupTryLimit: limit, mailLimit: limit },
  ...{
    commentLimit: limit,
    webhookTestLimit: limit,
    writeLimit: limit,
    anonymousReadLimit: limit,
    accountReadLimit: limit,
  },
};

test("an untouched form changes nothing", () => {
  expect(readDraft(draftOf(values), values)).toEqual({ patch: {}, wrong: [] });
});

test("only what was changed is sent", () => {
  const draft = { ...draftOf(values), signUpMode: "closed" as const, dailyUploadBytes: "", storageQuotaBytes: "1,5" };
  expect(readDraft(draft, values).patch).toEqual({
    ...{ signUpMode: "closed", dailyUploadBytes: null, storageQuotaBytes: 1_500_000_000 },
  });
  expect(readDraft({ ...draftOf(values), accountGraceDays: " 30 " }, values).patch).toEqual({ accountGraceDays: 30 });
  const slower = { ...draftOf(values), writeLimit: { hits: "5", windowSeconds: "60" } };
  expect(readDraft(slower, values).patch).toEqual({ writeLimit: { hits: 5, windowSeconds: 60 } });
});

test("what cannot be read is named", () => {
  const draft = { ...draftOf(values), storageQuotaBytes: "much", mailLimit: { hits: "0", windowSeconds: "60" } };
  expect(readDraft(draft, values).wrong).toEqual(["storageQuotaBytes", "mailLimit"]);
});

test.each(["", "0", "366", "1.5", "two"])("%j days of grace are refused", (accountGraceDays) => {
  expect(readDraft({ ...draftOf(values), accountGraceDays }, values).wrong).toEqual(["accountGraceDays"]);
});

test("has a field for every limit", () => {
  expect(Object.keys(values).filter((name) => name.endsWith("Limit"))).toEqual([...limitSettings]);
});
