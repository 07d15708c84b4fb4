import { AppError } from "#lib/errors.ts";
import { rawRoute } from "#lib/web/route.ts";

const nothing = rawRoute({ name: "api.unknown", identity: "ignore", origin: "ignore", openapi: "none" }, () => {
  throw new AppError("not_found", { message: "The API has no such address.", hint: "Look the path up and try again." });
});

export const GET = nothing;
export const POST = nothing;
export const PUT = nothing;
export const PATCH = nothing;
export const DELETE = nothing;
export const OPTIONS = nothing;
