import { z } from "zod";
import { pageFields } from "#lib/admin/page-cursor.ts";
import { idSchema } from "#lib/ids.ts";

const when = z.iso.datetime();
const bytes = z.number().int();
const count = z.number().int().nonnegative();
const search = z.string().trim().max(200).optional();
const role = z.enum(["viewer", "creator", "admin"]);
const status = z.enum(["active", "pending", "suspended"]);

/** An account as a line of a list. */
export const adminUserLineSchema = z
  .object({
    id: idSchema,
    username: z.string(),
    displayName: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    role,
    status,
    createdAt: when,
    lastSeenAt: when.nullable().describe("Last use of a session that still holds; null without one."),
    storedBytes: bytes,
    videos: count.describe("Videos of its channels that are not deleted."),
  })
  .meta({ id: "AdminUserLine" });
/** See `adminUserLineSchema`. */
export type AdminUserLine = z.output<typeof adminUserLineSchema>;

/** A page of accounts. */
export const adminUserPageSchema = z
  .object({ items: z.array(adminUserLineSchema), nextCursor: z.string().nullable() })
  .meta({ id: "AdminUserPage" });
/** See `adminUserPageSchema`. */
export type AdminUserPage = z.output<typeof adminUserPageSchema>;

/** Which accounts are asked for. */
export const adminUserQuerySchema = z.strictObject({
  q: search.describe("Part of a name, a user name, an e-mail address or a channel's handle; or an id."),
  role: role.optional(),
  status: status.optional(),
  sort: z.enum(["newest", "oldest", "stored"]).default("newest").describe("`stored`: who stores most first."),
  ...pageFields,
});
/** See `adminUserQuerySchema`. */
export type AdminUserQuery = z.output<typeof adminUserQuerySchema>;

/** An account as its own page shows it. */
export const adminUserSchema = adminUserLineSchema
  .extend({
    suspendedReason: z.string().nullable(),
    deletionRequestedAt: when.nullable().describe("When its owner asked for its deletion."),
    secondFactor: z.boolean().describe("Whether signing in asks for a second factor."),
    sessions: count.describe("Browsers and programs that are signed in."),
    apiTokens: count.describe("API tokens that hold."),
    channels: z.array(z.object({ id: idSchema, handle: z.string(), name: z.string() })),
  })
  .meta({ id: "AdminUser" });
/** See `adminUserSchema`. */
export type AdminUser = z.output<typeof adminUserSchema>;

/** What was ended with an account's sessions. */
export const endedSessionsSchema = z.object({ sessions: count, apiTokens: count }).meta({ id: "EndedSessions" });

/** A video as a line of a list. */
export const adminVideoLineSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    status: z.enum(["uploading", "processing", "ready", "failed"]),
    visibility: z.enum(["private", "unlisted", "public"]),
    failureCode: z.string().nullable(),
    channel: z.object({ id: idSchema, handle: z.string(), name: z.string() }),
    owner: z.object({ id: idSchema, username: z.string() }),
    durationMs: z.number().int().nullable(),
    storedBytes: bytes,
    takenDown: z.object({ at: when, reason: z.string() }).nullable(),
    deletedAt: when.nullable().describe("It is removed for good when the grace time is over."),
    createdAt: when,
  })
  .meta({ id: "AdminVideoLine" });
/** See `adminVideoLineSchema`. */
export type AdminVideoLine = z.output<typeof adminVideoLineSchema>;

/** A page of videos. */
export const adminVideoPageSchema = z
  .object({ items: z.array(adminVideoLineSchema), nextCursor: z.string().nullable() })
  .meta({ id: "AdminVideoPage" });
/** See `adminVideoPageSchema`. */
export type AdminVideoPage = z.output<typeof adminVideoPageSchema>;

/** Which videos are asked for. */
export const adminVideoQuerySchema = z.strictObject({
  q: search.describe("Part of a title, a video's id, or part of its channel's handle or owner's user name."),
  owner: idSchema.optional().describe("Id of the account whose channels they are on."),
  status: z.enum(["uploading", "processing", "ready", "failed"]).optional(),
  visibility: z.enum(["private", "unlisted", "public"]).optional(),
  is: z.enum(["taken_down", "deleted"]).optional().describe("Deleted ones are only listed when they are asked for."),
  ...pageFields,
});
/** See `adminVideoQuerySchema`. */
export type AdminVideoQuery = z.output<typeof adminVideoQuerySchema>;

/** Why a video is taken down; its owner reads it. */
export const takedownSchema = z
  .strictObject({ reason: z.string().trim().min(3).max(1000).describe("Its owner reads it.") })
  .meta({ id: "Takedown" });

/** What becomes of a piece of work. `scheduled`: its time has not come, or a failed attempt is repeated later. */
export const jobStateSchema = z.enum(["failed", "running", "queued", "scheduled"]);

/** One piece of work: the processing of a video, a sound file, or a job of the queue. */
export const adminJobSchema = z
  .object({
    id: z.string().describe("Of processing the video's, of a sound file its own, of a job of the queue its number."),
    kind: z.string().describe("`processing`, `exports/audio`, or the name of a job."),
    state: jobStateSchema,
    video: z.object({ id: idSchema, title: z.string() }).nullable(),
    percent: z.number().nullable().describe("0 to 100 while it runs, where that is known."),
    attempts: count.nullable(),
    maxAttempts: count.nullable(),
    failureCode: z.string().nullable(),
    failureDetail: z.string().nullable().describe("The end of what the program said that failed."),
    createdAt: when,
    runAt: when.nullable().describe("When a job that waits is due."),
    retryable: z.boolean(),
    cancellable: z.boolean(),
  })
  .meta({ id: "AdminJob" });
/** See `adminJobSchema`. */
export type AdminJob = z.output<typeof adminJobSchema>;

/** A page of work with what there is of it in all. */
export const adminJobPageSchema = z
  .object({
    items: z.array(adminJobSchema),
    nextCursor: z.string().nullable(),
    counts: z.object({ failed: count, running: count, queued: count, scheduled: count }),
    kinds: z.array(z.string()).describe("Every kind of which there is some."),
    workers: count.describe("Workers that are alive."),
  })
  .meta({ id: "AdminJobPage" });
/** See `adminJobPageSchema`. */
export type AdminJobPage = z.output<typeof adminJobPageSchema>;

/** Which work is asked for. */
export const adminJobQuerySchema = z.strictObject({
  state: jobStateSchema.optional(),
  kind: z.string().min(1).max(60).optional(),
  ...pageFields,
});
/** See `adminJobQuerySchema`. */
export type AdminJobQuery = z.output<typeof adminJobQuerySchema>;

/** Path parameter of a piece of work. */
export const jobIdSchema = z.union([idSchema, z.string().regex(/^\d{1,18}$/)]);

/** What needs an admin, and then how much there is of everything. */
export const adminOverviewSchema = z
  .object({
    needsAction: z.object({
      failedJobs: count,
      accountsWaiting: count,
      mailsHeld: count.describe("Written while there was no SMTP server."),
      mailsFailed: count,
      webhooksDisabled: count.describe("Switched off because their receivers failed for long."),
      workersMissing: z.boolean().describe("No worker is alive: nothing is processed."),
      diskFreeBytes: bytes.nullable().describe("Room in the object store; null where that is not known."),
      diskLow: z.boolean().describe("Less than a tenth of what is stored, or less than 5 GB, is free."),
      ledger: z
        .object({ at: when, differences: count, correctedBytes: bytes })
        .nullable()
        .describe("The last comparison of the ledger with the storage that ended."),
    }),
    totals: z.object({
      users: count,
      suspended: count,
      videos: count,
      takenDown: count,
      storedBytes: bytes,
      deliveredThisMonthBytes: bytes,
      jobsRunning: count,
      jobsQueued: count,
      workers: count,
    }),
  })
  .meta({ id: "AdminOverview" });
/** See `adminOverviewSchema`. */
export type AdminOverview = z.output<typeof adminOverviewSchema>;

/** What the instance stores and delivers. */
export const adminUsageSchema = z
  .object({
    storedBytes: bytes,
    reservedBytes: bytes.describe("Set aside by uploads that are on their way."),
    days: z
      .array(z.object({ day: z.iso.date(), storedBytes: bytes, deliveredBytes: bytes, requests: count }))
      .describe("One entry for each day (UTC), the last one is today; what was stored at its end."),
    topUsers: z
      .array(
        z.object({
          id: idSchema,
          username: z.string(),
          displayName: z.string(),
          storedBytes: bytes,
          deliveredBytes: bytes,
        }),
      )
      .describe("The 20 accounts that store or delivered most over these days."),
  })
  .meta({ id: "AdminUsage" });
/** See `adminUsageSchema`. */
export type AdminUsage = z.output<typeof adminUsageSchema>;

/** How many days are asked for, and what the accounts are ranked by. */
export const adminUsageQuerySchema = z.strictObject({
  days: z.enum(["30", "90"]).default("30"),
  by: z.enum(["stored", "delivered"]).default("stored"),
});
/** See `adminUsageQuerySchema`. */
export type AdminUsageQuery = z.output<typeof adminUsageQuerySchema>;
