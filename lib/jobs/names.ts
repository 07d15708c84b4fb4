import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

const requestId = z.string().optional();
const stepPayload = z.object({ runId: idSchema, stepId: idSchema, requestId });

/**
 * Every job there is: its payload's schema, the runner that takes it and how often it is tried. Jobs of one lane wait for
 * one another only: `light` ones are short, so that a probe never waits behind anything long; `first` ones make a video
 * watchable, so that they never wait behind the rest of somebody's ladder; `heavy` ones keep a processor busy; nobody
 * waits for `upkeep`; `outside` ones wait for other people's servers, which may be slow and hold up nothing of ours.
 */
export const jobs = {
  "media/probe": { payload: stepPayload, lane: "light", maxAttempts: 6 },
  "media/poster": { payload: stepPayload, lane: "light", maxAttempts: 6 },
  "media/finish": { payload: stepPayload, lane: "light", maxAttempts: 6 },
  "media/text": { payload: stepPayload, lane: "light", maxAttempts: 6 },
  "media/package": { payload: stepPayload, lane: "upkeep", maxAttempts: 6 },
  "media/stills": { payload: stepPayload, lane: "heavy", maxAttempts: 6 },
  "media/copy": { payload: stepPayload, lane: "first", maxAttempts: 6 },
  "media/preview": { payload: stepPayload, lane: "first", maxAttempts: 6 },
  "media/encode": { payload: stepPayload, lane: "heavy", maxAttempts: 6 },
  "media/audio": { payload: stepPayload, lane: "first", maxAttempts: 6 },
  "uploads/hash-original": { payload: z.object({ uploadId: idSchema, requestId }), lane: "upkeep", maxAttempts: 10 },
  "exports/audio": { payload: z.object({ exportId: idSchema, requestId }), lane: "heavy", maxAttempts: 5 },
  "processing/remove-run-files": {
    payload: z.object({ videoId: idSchema, runId: idSchema, requestId }),
    lane: "upkeep",
    maxAttempts: 10,
  },
  "processing/remove-picture-copy": {
    payload: z.object({ videoId: idSchema, runId: idSchema, requestId }),
    lane: "upkeep",
    maxAttempts: 10,
  },
  "processing/remove-source-segments": {
    payload: z.object({ videoId: idSchema, runId: idSchema, requestId }),
    lane: "upkeep",
    maxAttempts: 10,
  },
  "watermarks/draw": {
    payload: z.object({ watermarkId: idSchema, drawingId: idSchema, requestId }),
    lane: "light",
    maxAttempts: 5,
  },
  "watermarks/remove-unused": {
    payload: z.object({ watermarkId: idSchema, requestId }),
    lane: "upkeep",
    maxAttempts: 10,
  },
  "captions/sweep": { payload: z.object({ videoId: idSchema, requestId }), lane: "light", maxAttempts: 10 },
  "videos/make-poster": {
    payload: z.object({ videoId: idSchema, choiceId: idSchema, requestId }),
    lane: "light",
    maxAttempts: 5,
  },
  "videos/remove-poster": {
    payload: z.object({ videoId: idSchema, key: z.string(), requestId }),
    lane: "upkeep",
    maxAttempts: 10,
  },
  "videos/sweep-files": { payload: z.object({ videoId: idSchema, requestId }), lane: "upkeep", maxAttempts: 10 },
  "accounts/write-reset-mail": {
    payload: z.object({ email: z.string(), locale: z.enum(["en", "uk"]), address: z.string(), requestId }),
    lane: "light",
    maxAttempts: 10,
  },
  "accounts/make-avatar": {
    payload: z.object({ userId: idSchema, avatarId: idSchema, requestId }),
    lane: "light",
    maxAttempts: 5,
  },
  "accounts/sweep-avatars": { payload: z.object({ userId: idSchema, requestId }), lane: "upkeep", maxAttempts: 10 },
  "accounts/remove": { payload: z.object({ userId: idSchema, requestId }), lane: "upkeep", maxAttempts: 10 },
  "accounts/export": { payload: z.object({ exportId: idSchema, requestId }), lane: "upkeep", maxAttempts: 5 },
  "notifications/dispatch": { payload: z.object({ eventId: idSchema, requestId }), lane: "light", maxAttempts: 20 },
  "notifications/send-mail": { payload: z.object({ mailId: idSchema, requestId }), lane: "outside", maxAttempts: 12 },
  "webhooks/deliver": { payload: z.object({ deliveryId: idSchema, requestId }), lane: "outside", maxAttempts: 5 },
  "library/announce-video": {
    // Subscribers up to this one, in the order of their ids, have been told.
    payload: z.object({ videoId: idSchema, afterUserId: idSchema.nullable(), requestId }),
    lane: "upkeep",
    maxAttempts: 10,
  },
  "usage/measure-run": {
    payload: z.object({ videoId: idSchema, runId: idSchema, requestId }),
    lane: "upkeep",
    maxAttempts: 10,
  },
  "usage/reconcile-storage": { payload: z.object({ requestId }), lane: "upkeep", maxAttempts: 3 },
  "analytics/roll-up": { payload: z.object({ requestId }), lane: "upkeep", maxAttempts: 3 },
  "search/check": { payload: z.object({ requestId }), lane: "upkeep", maxAttempts: 3 },
  // Nobody waits for it, and a video without suggestions is none the worse.
  "labels/look": {
    payload: z.object({ videoId: idSchema, runId: idSchema, requestId }),
    lane: "upkeep",
    maxAttempts: 3,
  },
  "videos/purge": { payload: z.object({ videoId: idSchema, requestId }), lane: "upkeep", maxAttempts: 10 },
} as const;

/** A job's name; also graphile-worker's task identifier. */
export type JobName = keyof typeof jobs;
/** A job's payload, parsed. */
export type JobPayload<Name extends JobName> = z.output<(typeof jobs)[Name]["payload"]>;
/** Every lane; each worker has one runner for each. */
export const lanes = ["light", "first", "heavy", "upkeep", "outside"] as const;
/** Which of a worker's runners takes a job. */
export type Lane = (typeof lanes)[number];
