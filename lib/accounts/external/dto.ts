import { z } from "zod";
import { idSchema } from "#lib/ids.ts";

/** Services that can be configured; `oidc` is any OpenID Connect server. */
export const externalServices = ["github", "google", "oidc"] as const;
/** See `externalServices`. */
export type ExternalService = (typeof externalServices)[number];

/** A service as the pages name it. */
export const serviceSchema = z.object({ id: z.enum(externalServices), name: z.string() });
/** See `serviceSchema`. */
export type ServiceDto = z.output<typeof serviceSchema>;

/** A log-in at another service that opens the caller's account. */
export const connectionSchema = z
  .object({
    id: idSchema,
    name: z.string().describe("What the service is called."),
    service: z.enum(externalServices).nullable().describe("Null when the operator has taken the service away."),
    email: z.string().nullable().describe("The address that the service knows."),
    connectedAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Connection" });
/** See `connectionSchema`. */
export type ConnectionDto = z.output<typeof connectionSchema>;

/** What `GET /me/connections` answers. */
export const connectionListSchema = z
  .object({
    items: z.array(connectionSchema),
    available: z.array(serviceSchema).describe("Configured services that are not connected."),
    hasPassword: z.boolean().describe("Whether the account can sign in by password too."),
  })
  .meta({ id: "ConnectionList" });
/** See `connectionListSchema`. */
export type ConnectionListDto = z.output<typeof connectionListSchema>;

/** What shows that the caller is the account's owner and not somebody at an open browser. */
export const ownershipProofSchema = z.strictObject({
  password: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("Needed by accounts that have one; others must have signed in within the last ten minutes."),
  totp: z.string().trim().min(1).max(40).optional().describe("Needed while the second factor is on."),
});
/** See `ownershipProofSchema`. */
export type OwnershipProof = z.output<typeof ownershipProofSchema>;

/** What `POST /me/connections` takes. */
export const newConnectionSchema = ownershipProofSchema
  .extend({ service: z.enum(externalServices) })
  .meta({ id: "NewConnection" });
/** See `newConnectionSchema`. */
export type NewConnection = z.output<typeof newConnectionSchema>;

/** What `POST /auth/second-factor` takes. */
export const pendingFactorSchema = z.strictObject({ totp: z.string().trim().min(1).max(40) });
