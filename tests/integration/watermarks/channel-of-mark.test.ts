import { expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { createWatermark } from "#lib/watermarks/create-watermark.ts";
import { listWatermarks } from "#lib/watermarks/list-watermarks.ts";
import { makePerson } from "#tests/factories/people.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const placement = { position: "center", opacity: 1, scale: 0.2, margin: 0.05 } as const;

test("an admin who works on another's video makes its mark in that channel; nobody else does", async () => {
  const owner = await makePerson();
  const admin = await makePerson({ role: "admin" });
  const stranger = await makePerson();
  const make = ({ account: viewer }: typeof owner, channelId: string) =>
    createWatermark({ viewer, mark: { name: "Logo", placement, channelId } });
  const { id } = await make(admin, owner.channelId);
  expect((await listWatermarks({ viewer: owner.account })).items).toMatchObject([{ id, channelId: owner.channelId }]);
  expect((await listWatermarks({ viewer: admin.account })).items).toEqual([]);
  await expect(make(stranger, owner.channelId)).rejects.toMatchObject({ code: "not_found" });
  await expect(make(admin, newId())).rejects.toMatchObject({ code: "not_found" });
});
