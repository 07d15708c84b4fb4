import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { childEnvironment } from "#lib/env.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

// What a web process writes while it refuses tokens and signatures, at the most talkative level.

const database = testDatabase();

const program = (videoId: string) => `
  import { GET as video } from "./app/api/v1/videos/[videoId]/route.ts";
  import { GET as media } from "./app/media/[...key]/route.ts";
  const asked = (path) => new Request("http://kinora.test" + path);
  const params = (values) => ({ params: Promise.resolve(values) });
  const first = await video(asked("/api/v1/videos/${videoId}?token=kip_secretoftoken"), params({ videoId: "${videoId}" }));
  const key = "signed/kx.zzzzzz.1.s.secretofsignaturesecretofsignaturesecretofs/runs/${videoId}/r/index.m3u8";
  const second = await media(asked("/media/" + key), params({ key: key.split("/") }));
  const third = await video(asked("/api/v1/videos/${videoId}?token=kip_" + "secretoftoken".repeat(20)), params({ videoId: "${videoId}" }));
  console.log(JSON.stringify({ statuses: [first.status, second.status, third.status] }));
  process.exit(0);
`;

it("holds no token and no signature, whatever comes of them", { timeout: 120_000 }, async () => {
  const video = await makeVideo({ visibility: "private", status: "ready" });
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", program(video.id)],
    {
      cwd: new URL("../../..", import.meta.url),
      env: childEnvironment({ DATABASE_URL: database.url, DATA_DIR: database.dataDir, LOG_LEVEL: "trace" }),
    },
  );
  expect(stdout).toContain('"statuses":[403,403,400]');
  expect(stdout).toContain('"http.route":"videos.get"');
  expect(stdout).toContain('"http.route":"media.get"');
  expect(stdout + stderr).not.toMatch(/secretof/);
});
