import { rm } from "node:fs/promises";
import { readLiveRecord } from "#scripts/start/process-record.ts";
import { makeDataDir, siteVariables, spawnLauncher } from "#tests/setup/site.ts";

/** A running site to measure, with a creator's Bearer header. */
export type BenchSite = {
  url: string;
  dataDir: string;
  webPid: () => Promise<number>;
  headers: Record<string, string>;
};

const send = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

const json = async (url: string, body: object): Promise<Record<string, string>> => {
  const response = await send(url, body);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
};

/** With what the site's account logs in. */
export const benchAccount = { email: "bench@example.org", password: "a long enough pass phrase" };

/**
 * Starts the production build with data of its own, signs an account up, runs `work`, and removes everything. `databaseUrl`
 * puts another server in the place of the embedded one; `env` is set for the site.
 */
export const withBenchSite = async <T>(
  work: (site: BenchSite) => Promise<T>,
  { databaseUrl, env = {} }: { databaseUrl?: string; env?: Record<string, string> } = {},
): Promise<T> => {
  const dataDir = await makeDataDir();
  const secret = "a-secret-for-the-benchmark-a-secret-for-the-benchmark";
  const variables = { ...(await siteVariables(dataDir)), AUTH_SECRET: secret, DATABASE_URL: databaseUrl, ...env };
  const launcher = spawnLauncher(variables);
  try {
    const url = await launcher.ready();
    const signedUp = await send(`${url}/api/v1/auth/signup`, { ...benchAccount, username: "bench" });
    // A database that is used again has the account already.
    if (!signedUp.ok && signedUp.status !== 409)
      throw new Error(`sign-up: ${signedUp.status} ${await signedUp.text()}`);
    const { accessToken } = await json(`${url}/api/v1/auth/token`, benchAccount);
    const webPid = async () => (await readLiveRecord(dataDir, "web"))?.pid ?? 0;
    return await work({ url, dataDir, webPid, headers: { Authorization: `Bearer ${accessToken}` } });
  } finally {
    launcher.child.kill("SIGTERM");
    await launcher.end();
    await rm(dataDir, { recursive: true, force: true });
  }
};
