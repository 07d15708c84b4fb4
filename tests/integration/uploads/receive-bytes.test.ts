import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { receiveBytes } from "#lib/uploads/receive-bytes.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-receive-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const options = { offset: 0, idleMs: 60_000, lost: null, onProgress: () => undefined };

describe("receiving bytes", () => {
  it("appends at the offset and tells the new one", async () => {
    const path = join(folder, "append");
    const [first, second] = [randomBytes(3_500_000), randomBytes(100)];
    expect(await receiveBytes({ ...options, path, stream: Readable.from([first]) })).toEqual({
      offsetBytes: 3_500_000,
      fault: null,
    });
    await receiveBytes({ ...options, path, stream: Readable.from([second]), offset: 3_500_000 });
    expect(Buffer.concat([first, second]).equals(await readFile(path))).toBe(true);
  });

  it("keeps what came before the source broke", async () => {
    const path = join(folder, "broken");
    const content = randomBytes(1_200_000);
    const stream = Readable.from(
      (async function* () {
        yield content;
        throw new Error("line cut");
      })(),
    );
    const received = await receiveBytes({ ...options, path, stream });
    expect(received).toMatchObject({ offsetBytes: 1_200_000, fault: { code: "unavailable" } });
    expect(content.equals(await readFile(path))).toBe(true);
  });

  it("tells a full disk as no_space", async () => {
    // A device that is always full.
    const stream = Readable.from([randomBytes(1000)]);
    const received = receiveBytes({ ...options, path: "/dev/full", stream });
    await expect(received).rejects.toMatchObject({ code: "no_space", status: 507 });
  });

  it("ends when the client is silent for too long", async () => {
    const stream = new PassThrough();
    stream.write(Buffer.from("some"));
    const received = await receiveBytes({ ...options, path: join(folder, "silent"), stream, idleMs: 100 });
    expect(received).toMatchObject({ offsetBytes: 4, fault: { code: "unavailable" } });
  });

  it("stops writing once its lock is lost", async () => {
    const stream = new PassThrough();
    stream.write(Buffer.from("some"));
    const lost = new AbortController();
    const receiving = receiveBytes({ ...options, path: join(folder, "lost"), stream, lost: lost.signal });
    lost.abort();
    expect(await receiving).toMatchObject({ fault: { code: "unavailable" } });
    expect(stream.destroyed).toBe(true);
  });

  it("follows no symbolic link", async () => {
    const path = join(folder, "link");
    await symlink(join(folder, "append"), path);
    await expect(receiveBytes({ ...options, path, stream: Readable.from([]) })).rejects.toThrow();
  });
});
