import { afterAll, beforeAll } from "vitest";
import { db } from "#lib/db/client.ts";
import { overrideEnv } from "#lib/env.ts";
import { type ReceivedMail, startMailServer } from "#tests/factories/mail-server.ts";
import { sendMailTask } from "#worker/tasks/send-mail.ts";
import { writeResetMailTask } from "#worker/tasks/write-reset-mail.ts";

const publicUrl = "https://videos.example.org";
const tasks = [writeResetMailTask, sendMailTask];

/** Takes a job of that name out of the queue and gives its payload, or null. */
const takeJob = async (name: string): Promise<unknown> => {
  const [row] = await db().execute(
    `delete from graphile_worker._private_jobs where id = (
       select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = '${name}' order by j.id limit 1)
     returning payload`,
  );
  return row?.payload ?? null;
};

/** Does what a worker would do about mails until nothing is left. */
const workOff = async (): Promise<void> => {
  for (const { name, run } of tasks) {
    for (let payload = await takeJob(name); payload !== null; payload = await takeJob(name)) {
      await run(payload, { signal: AbortSignal.timeout(10_000) });
    }
  }
};

/** The secret in a mail's link. */
export const tokenOf = (mail: ReceivedMail | undefined): string => {
  const link = /https:\/\/videos\.example\.org\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  return URL.parse(link)?.searchParams.get("token") ?? "";
};

/** Gives the file that calls it (once, at its top level) a real SMTP server and what it got to an address. */
export const accountMails = () => {
  let server: Awaited<ReturnType<typeof startMailServer>>;
  beforeAll(async () => {
    server = await startMailServer();
    overrideEnv({ SMTP_URL: server.url, MAIL_FROM: "no-reply@videos.example.org", PUBLIC_URL: publicUrl });
  });
  afterAll(async () => {
    overrideEnv({ SMTP_URL: undefined, MAIL_FROM: undefined, PUBLIC_URL: undefined });
    await server.stop();
  });
  return {
    /** All mails to an address so far, oldest first, after everything that waits was done. */
    to: async (address: string): Promise<ReceivedMail[]> => {
      await workOff();
      return server.received.filter((mail) => mail.to.includes(address));
    },
  };
};
