import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { type Command, required } from "#scripts/kinora/command.ts";
import { bearerToken, siteOptions, siteUrl } from "#scripts/kinora/site-session.ts";
import { tusUpload } from "#scripts/kinora/tus-upload.ts";

const visibilitySchema = z.enum(["private", "unlisted", "public"]).catch("private");

/** Says how far an upload is: in place on a terminal, every tenth otherwise. */
export const progressPrinter = (name: string) => {
  let told = -1;
  return ({ sentBytes, sizeBytes }: { sentBytes: number; sizeBytes: number }): void => {
    const percent = sizeBytes === 0 ? 100 : Math.floor((sentBytes / sizeBytes) * 100);
    if (process.stdout.isTTY) process.stdout.write(`\r${name}  ${percent} %${percent === 100 ? "\n" : ""}`);
    else if (Math.floor(percent / 10) > told) {
      told = Math.floor(percent / 10);
      console.log(`${name}  ${percent} %`);
    }
  };
};

/** Uploads files to a running site. */
export const uploadCommand: Command = {
  help: `kinora upload <file…> --email <address> --password <password> [--url <site>] [--visibility private|unlisted|public] [--title <title>]
    Uploads files to a running site; --token <token> instead of --email and --password. Run it again to go on where it stopped.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...siteOptions, visibility: { type: "string" }, title: { type: "string" } },
      allowPositionals: true,
    });
    required(positionals[0], "A file");
    const site = await siteUrl(values.url);
    const token = bearerToken({ siteUrl: site, email: values.email, password: values.password, token: values.token });
    for (const file of positionals) {
      await tusUpload({
        siteUrl: site,
        token,
        path: resolve(env().invokedDir, file),
        visibility: visibilitySchema.parse(values.visibility),
        onProgress: progressPrinter(basename(file)),
        ...(values.title === undefined ? {} : { title: values.title }),
      });
    }
    return 0;
  },
};
