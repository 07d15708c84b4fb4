import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createAccount } from "#lib/accounts/create-account.ts";
import { env, overrideEnv } from "#lib/env.ts";
import type { Command } from "#scripts/kinora/command.ts";
import { type DemoClip, demoClipCommand, demoClips } from "#scripts/kinora/demo-clips.ts";
import { bearerToken, siteOptions, siteUrl } from "#scripts/kinora/site-session.ts";
import { tusUpload } from "#scripts/kinora/tus-upload.ts";
import { progressPrinter } from "#scripts/kinora/upload.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

/** An account for the clips, made up when none is given. */
const demoAccount = async () => {
  const tag = randomBytes(3).toString("hex");
  const account = {
    email: `demo-${tag}@example.org`,
    username: `demo${tag}`,
    password: randomBytes(15).toString("base64url"),
  };
  await withDatabase(() => createAccount({ ...account, role: "creator" }));
  console.log(`Made the account ${account.email} with the password ${account.password}`);
  return account;
};

const generate = async ({ clip, scratchDir, name }: { clip: DemoClip; scratchDir: string; name: string }) => {
  const { ffmpeg } = createFfmpegRunner();
  await ffmpeg({
    command: demoClipCommand(clip, name),
    scratchDir,
    durationSeconds: clip.seconds,
    signal: AbortSignal.timeout(10 * 60_000),
  });
  return join(scratchDir, name);
};

/** Fills a running site with clips. */
export const demoCommand: Command = {
  help: `kinora demo [--email <address> --password <password>] [--url <site>]
    Fills a running site with a few public clips that ffmpeg generates; makes an account for them when none is given.`,
  run: async (args) => {
    const { values } = parseArgs({ args: [...args], options: siteOptions });
    overrideEnv({ LOG_LEVEL: "error" });
    const site = await siteUrl(values.url);
    const account = values.token === undefined && values.email === undefined ? await demoAccount() : values;
    const token = bearerToken({ siteUrl: site, token: values.token, email: account.email, password: account.password });
    const scratchDir = join(env().dataDir, "scratch", `demo-${process.pid}`);
    await mkdir(scratchDir, { recursive: true });
    try {
      for (const [index, clip] of demoClips.entries()) {
        const path = await generate({ clip, scratchDir, name: `demo-${index}.mp4` });
        await tusUpload({
          siteUrl: site,
          token,
          path,
          title: clip.title,
          visibility: "public",
          onProgress: progressPrinter(clip.title),
        });
      }
    } finally {
      await rm(scratchDir, { recursive: true, force: true });
    }
    console.log(`Uploaded ${demoClips.length} clips; watch them arrive on ${site}`);
    return 0;
  },
};
