import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { avatarChoiceOf } from "#lib/accounts/avatar/avatar-choice.ts";
import type { AvatarDto } from "#lib/accounts/avatar/dto.ts";
import { sweepAvatars } from "#lib/accounts/avatar/sweep-avatars.ts";
import { removeAccount } from "#lib/accounts/leaving/remove-account.ts";
import { db } from "#lib/db/client.ts";
import { users } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { avatarsPrefix, sentAvatarKey } from "#lib/storage/keys.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { makeAvatarTask } from "#worker/tasks/make-avatar.ts";
import * as membersRoute from "../../../app/api/v1/channels/[handle]/members/route.ts";
import * as avatarRoute from "../../../app/api/v1/me/avatar/route.ts";
import * as meRoute from "../../../app/api/v1/me/route.ts";
import * as shownRoute from "../../../app/api/v1/users/[username]/avatar/route.ts";

testDatabase();

let folder = "";
let server: Awaited<ReturnType<typeof serveRoutes>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-avatars-"));
  server = await serveRoutes([
    { path: /^\/api\/v1\/me\/avatar$/, module: avatarRoute },
    { path: /^\/api\/v1\/me$/, module: meRoute },
    { path: /^\/api\/v1\/users\/(?<username>[^/]+)\/avatar$/, module: shownRoute },
    { path: /^\/api\/v1\/channels\/(?<handle>[^/]+)\/members$/, module: membersRoute },
  ]);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A picture made by ffmpeg with these arguments between input and output. */
const picture = async (name: string, args: readonly string[]): Promise<Buffer<ArrayBuffer>> => {
  const path = join(folder, name);
  await runTool("ffmpeg", [...args, path]);
  return Buffer.from(await readFile(path));
};
const colour = (name: string, size = "300x200") => ["-f", "lavfi", "-i", `color=${name}:s=${size}`, "-frames:v", "1"];

const ask = async (as: Person, path: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { ...init, headers: { cookie: as.cookie, origin: server.url, ...init.headers } });
const sends = (as: Person, body: BodyInit, type = "image/png") =>
  ask(as, "/api/v1/me/avatar", { method: "PUT", body, headers: { "content-type": type } });
const standing = async (as: Person): Promise<AvatarDto> => (await ask(as, "/api/v1/me/avatar")).json();
const get = (address: string | null, init: RequestInit = {}) => fetch(`${server.url}${address}`, init);

const rowOf = async ({ account }: Person) => {
  const [row] = await db().select().from(users).where(eq(users.id, account.id));
  if (row === undefined) throw new Error("no such account");
  return row;
};

/** Carries out the making that is due, as the worker does. */
const make = async (as: Person, avatarId?: string) => {
  const { ffmpeg } = createFfmpegRunner();
  const task = makeAvatarTask({ store: objectStore(), ffmpeg, scratchRoot: join(folder, "scratch") });
  const due = avatarId ?? avatarChoiceOf(await rowOf(as))?.id;
  await task.run({ userId: as.account.id, avatarId: due }, { signal: new AbortController().signal });
};
const takes = async (as: Person, bytes: Buffer<ArrayBuffer>): Promise<AvatarDto> => {
  const answer = await sends(as, bytes);
  expect(answer.status).toBe(202);
  await make(as);
  return standing(as);
};
const keysOf = async ({ account }: Person) => {
  const keys: string[] = [];
  for await (const { key } of objectStore().list(avatarsPrefix(account.id))) keys.push(key);
  return keys;
};

/** Pixels of a WebP, averaged to so many on a side. */
const pixelsOf = async (bytes: Buffer, side: number): Promise<number[][]> => {
  const path = join(folder, `look-${bytes.byteLength}.webp`);
  await writeFile(path, bytes);
  const options = ["-vf", `scale=${side}:${side}:flags=area`, "-pix_fmt", "rgb24", "-f", "rawvideo", "-"];
  const raw = await runTool("ffmpeg", ["-f", "webp_pipe", "-i", path, ...options]);
  return Array.from({ length: side * side }, (_, at) => [...raw.subarray(at * 3, at * 3 + 3)]);
};
const isRed = ([red = 0, , blue = 0]: number[] = []) => red > 200 && blue < 60;
const isBlue = ([red = 0, , blue = 0]: number[] = []) => blue > 200 && red < 60;

/** A JPEG that asks to be turned (Exif 2.3, 4.6.4: tag 274) and says where it was taken. */
const turned = (jpeg: Buffer, orientation: number): Buffer<ArrayBuffer> => {
  const words = "taken at home, 50.45 30.52";
  const tiff = Buffer.alloc(8 + 2 + 12 + 4 + words.length);
  tiff.write("II*\0", "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  tiff.write(words, 26, "latin1");
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.byteLength + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
};

describe("a profile picture", () => {
  test("becomes a square of its middle, upright and without metadata, that anybody may read and keep", async () => {
    const one = await makePerson();
    // Left half red, right half blue, with green edges that the square leaves out; turned right, red is on top.
    const halves = "color=0xff0000:s=200x200[a];color=0x0000ff:s=200x200[b];color=0x00ff00:s=100x200,split[l][r]";
    const graph = `${halves};[l][a][b][r]hstack=inputs=4`;
    const flat = await picture("halves.jpg", ["-filter_complex", graph, "-frames:v", "1", "-q:v", "2"]);
    const { avatarUrl, making, failure } = await takes(one, turned(flat, 6));
    expect({ making, failure }).toEqual({ making: false, failure: null });
    const answer = await get(avatarUrl);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/webp");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("set-cookie")).toBeNull();
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.includes("Exif") || bytes.includes("EXIF") || bytes.includes("taken at home")).toBe(false);
    const [width, height] = [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
    expect([width, height]).toEqual([256, 256]);
    const [topLeft, topRight, bottomLeft, bottomRight] = await pixelsOf(bytes, 2);
    expect([topLeft, topRight].every(isRed)).toBe(true);
    expect([bottomLeft, bottomRight].every(isBlue)).toBe(true);
    const me = await (await ask(one, "/api/v1/me")).json();
    expect(me.avatarUrl).toBe(avatarUrl);
    const { items } = await (await ask(one, `/api/v1/channels/${one.handle}/members`)).json();
    expect(items[0]).toMatchObject({ avatarUrl, bio: "" });
    expect(items[0]).not.toHaveProperty("avatarKey");
  });

  test.each(["1x1", "1x300"])("of %s pixels becomes a square too", async (size) => {
    const one = await makePerson();
    const scaled = `color=red:s=64x64,scale=${size.replace("x", ":")}`;
    const long = await picture(`long-${size}.jpg`, ["-f", "lavfi", "-i", scaled, "-frames:v", "1", "-q:v", "2"]);
    const { avatarUrl, failure } = await takes(one, long);
    expect(failure).toBeNull();
    const bytes = Buffer.from(await (await get(avatarUrl)).arrayBuffer());
    expect((await pixelsOf(bytes, 1)).every(isRed)).toBe(true);
  });

  test("is replaced under another address; ledger and disk agree at every step, and nothing is left behind", async () => {
    const one = await makePerson();
    await expectLedgerIsDisk();
    const first = await takes(one, await picture("red.png", colour("red")));
    expect(await expectLedgerIsDisk()).toBeGreaterThan(0);
    expect((await sends(one, await picture("blue.webp", colour("blue")))).status).toBe(202);
    expect(await standing(one)).toEqual({ avatarUrl: first.avatarUrl, making: true, failure: null });
    await expectLedgerIsDisk();
    await make(one);
    const second = await standing(one);
    expect(second.avatarUrl).not.toBe(first.avatarUrl);
    expect(await keysOf(one)).toHaveLength(1);
    await expectLedgerIsDisk();
    // A page that was drawn before shows the new one, and does not keep it under the old address.
    const old = await get(first.avatarUrl);
    expect([old.status, old.headers.get("cache-control")]).toEqual([200, "no-cache"]);
    expect(isBlue((await pixelsOf(Buffer.from(await old.arrayBuffer()), 1))[0])).toBe(true);
    expect((await ask(one, "/api/v1/me/avatar", { method: "DELETE" })).status).toBe(204);
    expect(await standing(one)).toEqual({ avatarUrl: null, making: false, failure: null });
    expect((await get(second.avatarUrl)).status).toBe(404);
    expect(await keysOf(one)).toEqual([]);
    await expectLedgerIsDisk();
    expect((await ask(one, "/api/v1/me/avatar", { method: "DELETE" })).status).toBe(204);
  });

  test("is the last one that was sent, and a making that runs twice does no harm", async () => {
    const one = await makePerson();
    const [red, blue] = [await picture("r.png", colour("red")), await picture("b.png", colour("blue"))];
    await sends(one, red);
    const early = avatarChoiceOf(await rowOf(one))?.id;
    await sends(one, blue);
    const late = avatarChoiceOf(await rowOf(one))?.id;
    await make(one, late);
    await make(one, late);
    await make(one, early);
    const { avatarUrl } = await standing(one);
    const bytes = Buffer.from(await (await get(avatarUrl)).arrayBuffer());
    expect(isBlue((await pixelsOf(bytes, 1))[0])).toBe(true);
    await expectLedgerIsDisk();
  });

  test("that is removed while it is being made does not come back", async () => {
    const one = await makePerson();
    await sends(one, await picture("late.png", colour("red")));
    const id = avatarChoiceOf(await rowOf(one))?.id;
    expect((await ask(one, "/api/v1/me/avatar", { method: "DELETE" })).status).toBe(204);
    await make(one, id);
    expect((await standing(one)).avatarUrl).toBeNull();
    expect(await keysOf(one)).toEqual([]);
  });

  test("of one pixel, of a strip and of a transparent logo come out whole", async () => {
    const one = await makePerson();
    const dot = await picture("dot.png", [...colour("red", "2x2"), "-vf", "format=rgb24,crop=1:1"]);
    const strip = await picture("strip.png", colour("red", "6000x2"));
    const logo = await picture("logo.png", [
      "-f",
      "lavfi",
      "-i",
      "color=red@0.0:s=64x64,format=rgba",
      "-frames:v",
      "1",
    ]);
    for (const bytes of [dot, strip, logo]) {
      const { avatarUrl, failure } = await takes(one, bytes);
      expect(failure).toBeNull();
      const made = Buffer.from(await (await get(avatarUrl)).arrayBuffer());
      expect(made.subarray(8, 12).toString()).toBe("WEBP");
      expect(await pixelsOf(made, 1)).toHaveLength(1);
    }
  });
});

describe("what is refused", () => {
  test("changes nothing: other formats, moving pictures, too many pixels or bytes", async () => {
    const one = await makePerson();
    const shown = await takes(one, await picture("before.png", colour("red")));
    const bomb = Buffer.from(await picture("small.png", colour("red", "8x8")));
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const moving = ["-f", "lavfi", "-i", "testsrc=s=32x32:d=1:r=4"];
    const huge = await picture("huge.jpg", [...colour("red", "8000x6000"), "-q:v", "31"]);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const cases: [Buffer<ArrayBuffer>, number, string][] = [
      [svg, 415, "image/svg+xml"],
      [Buffer.from("no picture at all"), 415, "image/png"],
      [await picture("moves.gif", moving), 415, "image/gif"],
      [Buffer.from([0xff, 0xd8, 0xff]), 415, "image/jpeg"],
      [Buffer.alloc(0), 415, "image/png"],
      [await picture("moves.apng", [...moving, "-f", "apng"]), 422, "image/png"],
      [await picture("moves.webp", [...moving, "-c:v", "libwebp_anim"]), 422, "image/webp"],
      [bomb, 422, "image/png"],
      [huge, 422, "image/jpeg"],
      [Buffer.alloc(10 * 1024 * 1024 + 1), 413, "image/png"],
    ];
    for (const [bytes, status, type] of cases) {
      const answer = await sends(one, bytes, type);
      expect([answer.status, type]).toEqual([status, type]);
      const { error } = await answer.json();
      expect(error.message).not.toBe("");
    }
    expect(await standing(one)).toEqual(shown);
    expect(await keysOf(one)).toHaveLength(1);
    await expectLedgerIsDisk();
  });

  test("is told in words when only the decoder finds out; the picture before stays", async () => {
    const one = await makePerson();
    const shown = await takes(one, await picture("stays.png", colour("red")));
    const noise = await picture("noise.png", [
      "-f",
      "lavfi",
      "-i",
      "nullsrc=s=200x200,geq=random(1)*255:128:128",
      "-frames:v",
      "1",
    ]);
    const answer = await sends(one, Buffer.from(noise.subarray(0, 60)));
    expect(answer.status).toBe(202);
    await make(one);
    const { avatarUrl, making, failure } = await standing(one);
    expect({ avatarUrl, making }).toEqual({ avatarUrl: shown.avatarUrl, making: false });
    expect(failure).toMatchObject({ code: "image_unreadable", message: expect.stringContaining("could not be read") });
    expect(await keysOf(one)).toHaveLength(1);
    await expectLedgerIsDisk();
  });
});

test("what an interrupted sending left is swept; what is shown, being made or just arriving stays", async () => {
  const one = await makePerson();
  const userId = one.account.id;
  await takes(one, await picture("kept.png", colour("red")));
  await sends(one, await picture("waits.png", colour("blue")));
  const [shown, sent] = [(await rowOf(one)).avatarKey, avatarChoiceOf(await rowOf(one))?.sentKey];
  const [lost, arriving] = [newId(), newId()].map((avatarId) => sentAvatarKey({ userId, avatarId }));
  for (const key of [lost, arriving]) await objectStore().put({ key: key ?? "", body: Buffer.from("bytes") });
  const anHourAgo = new Date(Date.now() - 3600_000);
  for (const key of await keysOf(one)) {
    if (key !== arriving) await utimes((await objectStore().localPath(key)) ?? "", anHourAgo, anHourAgo);
  }
  await sweepAvatars({ userId });
  expect((await keysOf(one)).sort()).toEqual([shown, sent, arriving].sort());
  await objectStore().remove(arriving ?? "");
  await expectLedgerIsDisk();
});

test("a leaving or suspended account shows no picture; one that is removed takes it along", async () => {
  const one = await makePerson();
  const { avatarUrl } = await takes(one, await picture("gone.png", colour("red")));
  const change = (changes: Partial<typeof users.$inferInsert>) =>
    db().update(users).set(changes).where(eq(users.id, one.account.id));
  await change({ status: "suspended" });
  expect((await get(avatarUrl)).status).toBe(404);
  await change({ status: "active", deletionRequestedAt: new Date() });
  expect((await get(avatarUrl)).status).toBe(404);
  await change({ deletionRequestedAt: null });
  expect((await get(avatarUrl, { method: "HEAD" })).status).toBe(200);
  const overdue = new Date(Date.now() - 24 * 3600 * 1000);
  await change({ deletionRequestedAt: overdue, deletionDueAt: overdue });
  await removeAccount({ userId: one.account.id, signal: new AbortController().signal });
  expect(await rowOf(one)).toMatchObject({ avatarKey: null, avatarChoice: null, bio: "" });
  expect(await keysOf(one)).toEqual([]);
  await expectLedgerIsDisk();
});

test("the account says something of itself, up to a thousand characters", async () => {
  const one = await makePerson();
  const patch = (bio: unknown) =>
    ask(one, "/api/v1/me", {
      method: "PATCH",
      body: JSON.stringify({ bio }),
      headers: { "content-type": "application/json" },
    });
  const said = await patch("  Знімаю короткі фільми.\nТа <b>їжаків</b>. ");
  expect((await said.json()).bio).toBe("Знімаю короткі фільми.\nТа <b>їжаків</b>.");
  const long = await patch("ї".repeat(1001));
  expect([long.status, Object.keys((await long.json()).error.fields)]).toEqual([400, ["bio"]]);
  expect((await (await patch("")).json()).bio).toBe("");
});
