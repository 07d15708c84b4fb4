import { z } from "zod";
import { type ErrorBody, type ErrorCode, errorStatus } from "#lib/errors.ts";

const codes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

const errorBody = z.object({
  error: z.object({
    code: z.enum(codes).describe("What went wrong, for programs. The code alone decides the status."),
    message: z.string().describe("The same in words that are safe to show."),
    hint: z.string().optional().describe("What can be done about it."),
    requestId: z.string().describe("Names the request in the server's log."),
    fields: z.record(z.string(), z.string()).optional().describe("What is wrong with each field of the input."),
  }),
});

/** The one error body. */
export const errorSchema: z.ZodType<ErrorBody> = errorBody.meta({ id: "Error" });

/** The error body of next-auth's addresses, and next-auth's own for a wrong password. */
export const signInErrorSchema = errorBody
  .partial()
  .extend({ url: z.string().optional().describe("Where next-auth's browser code looks for `error`.") })
  .meta({ id: "SignInError" });
