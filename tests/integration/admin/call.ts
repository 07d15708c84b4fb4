import type { makeBearer } from "#tests/factories/bearer.ts";
import { type ServedRoute, serveRoutes } from "#tests/setup/serve-routes.ts";
import * as auditRoute from "../../../app/api/v1/admin/audit/route.ts";
import * as cancelRoute from "../../../app/api/v1/admin/jobs/[jobId]/cancel/route.ts";
import * as retryRoute from "../../../app/api/v1/admin/jobs/[jobId]/retry/route.ts";
import * as jobsRoute from "../../../app/api/v1/admin/jobs/route.ts";
import * as overviewRoute from "../../../app/api/v1/admin/overview/route.ts";
import * as settingsRoute from "../../../app/api/v1/admin/settings/route.ts";
import * as usageRoute from "../../../app/api/v1/admin/usage/route.ts";
import * as limitsRoute from "../../../app/api/v1/admin/users/[userId]/limits/route.ts";
import * as userRoute from "../../../app/api/v1/admin/users/[userId]/route.ts";
import * as sessionsRoute from "../../../app/api/v1/admin/users/[userId]/sessions/route.ts";
import * as usersRoute from "../../../app/api/v1/admin/users/route.ts";
import * as restoreRoute from "../../../app/api/v1/admin/videos/[videoId]/restore/route.ts";
import * as takedownRoute from "../../../app/api/v1/admin/videos/[videoId]/takedown/route.ts";
import * as adminVideosRoute from "../../../app/api/v1/admin/videos/route.ts";
import * as assetRoute from "../../../app/api/v1/assets/[assetId]/route.ts";
import * as meRoute from "../../../app/api/v1/me/route.ts";
import * as captionRoute from "../../../app/api/v1/videos/[videoId]/captions/[captionId]/route.ts";
import * as videoRoute from "../../../app/api/v1/videos/[videoId]/route.ts";
import * as videosRoute from "../../../app/api/v1/videos/route.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

const admin = (path: string, module: ServedRoute["module"]): ServedRoute => ({
  path: new RegExp(`^/api/v1/admin/${path}$`),
  module,
});
const id = (name: string) => `(?<${name}>[^/]+)`;

/** The routes that admins use, and those at which one sees what came of it. */
export const serveAdmin = () =>
  serveRoutes([
    admin("audit", auditRoute),
    admin("overview", overviewRoute),
    admin("usage", usageRoute),
    admin("settings", settingsRoute),
    admin("users", usersRoute),
    admin(`users/${id("userId")}`, userRoute),
    admin(`users/${id("userId")}/limits`, limitsRoute),
    admin(`users/${id("userId")}/sessions`, sessionsRoute),
    admin("videos", adminVideosRoute),
    admin(`videos/${id("videoId")}/takedown`, takedownRoute),
    admin(`videos/${id("videoId")}/restore`, restoreRoute),
    admin("jobs", jobsRoute),
    admin(`jobs/${id("jobId")}/retry`, retryRoute),
    admin(`jobs/${id("jobId")}/cancel`, cancelRoute),
    { path: /^\/api\/v1\/me$/, module: meRoute },
    { path: /^\/api\/v1\/videos$/, module: videosRoute },
    { path: /^\/api\/v1\/videos\/(?<videoId>[^/]+)$/, module: videoRoute },
    { path: /^\/api\/v1\/videos\/(?<videoId>[^/]+)\/captions\/(?<captionId>[^/]+)$/, module: captionRoute },
    { path: /^\/api\/v1\/assets\/(?<assetId>[^/]+)$/, module: assetRoute },
    { path: /^\/media\/(?<key>.+)$/, module: mediaRoute },
  ]);

/** A served site. */
export type AdminSite = Awaited<ReturnType<typeof serveAdmin>>;
/** Who calls. */
export type Caller = Awaited<ReturnType<typeof makeBearer>>;

/** Calls a path below `/api/v1`, or as it is when it begins with `/media`; gives the status and the answer as far as it is JSON. */
export const callOf =
  (site: () => AdminSite) =>
  async (input: { as?: Caller | undefined; method?: string; path: string; body?: unknown }) => {
    const { as, method = "GET", path, body } = input;
    const response = await fetch(`${site().url}${path.startsWith("/media") ? "" : "/api/v1"}${path}`, {
      method,
      headers: { ...as?.headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : null };
  };
