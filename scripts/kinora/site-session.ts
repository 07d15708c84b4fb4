import { z } from "zod";
import { env } from "#lib/env.ts";
import { required } from "#scripts/kinora/command.ts";
import { shownAddress } from "#scripts/start/ask-address.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { readLiveRecord } from "#scripts/start/process-record.ts";

/** Options of every command that talks to a running site. */
export const siteOptions = {
  url: { type: "string" },
  email: { type: "string" },
  password: { type: "string" },
  token: { type: "string" },
} as const;

/** Address of the site: the given one, the one that runs on this data folder, or the configured port. */
export const siteUrl = async (given: string | undefined): Promise<string> => {
  if (given !== undefined) return given.replace(/\/+$/, "");
  const { dataDir, host, port } = env();
  return shownAddress({ host, port: (await readLiveRecord(dataDir, "web"))?.port ?? port });
};

const answerSchema = z.object({ accessToken: z.string(), expiresIn: z.number() });
const renewEarlyMs = 60_000;

/** How to sign in at a site. */
export type SignIn = {
  siteUrl: string;
  email: string | undefined;
  password: string | undefined;
  token: string | undefined;
};

/** Gives a bearer token whenever asked, and signs in again before one expires. Throws `LaunchError` when refused. */
export const bearerToken = ({ siteUrl: site, email, password, token }: SignIn): (() => Promise<string>) => {
  if (token !== undefined) return async () => token;
  const body = JSON.stringify({
    email: required(email, "--email (or --token)"),
    password: required(password, "--password (or --token)"),
  });
  let current = { accessToken: "", until: 0 };
  return async () => {
    if (Date.now() < current.until) return current.accessToken;
    const response = await fetch(`${site}/api/v1/auth/token`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    }).catch((cause: unknown) => {
      throw new LaunchError(`Nothing answers at ${site}; start the site or give --url.`, { cause });
    });
    if (!response.ok)
      throw new LaunchError(`The site refused the sign-in (${response.status}); check --email and --password.`);
    const answer = answerSchema.parse(await response.json());
    current = { accessToken: answer.accessToken, until: Date.now() + answer.expiresIn * 1000 - renewEarlyMs };
    return current.accessToken;
  };
};
