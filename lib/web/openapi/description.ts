import type { z } from "zod";
import type { ErrorCode } from "#lib/errors.ts";

/** What a body is: JSON of a schema, bytes that are no JSON, or text. */
export type BodyKind = z.ZodType | "bytes" | "text";

/** Headers by name: what each says. In answers they may be absent; in requests only those of `required` must be there. */
export type HeaderTexts = Readonly<Record<string, string>>;

/** One good answer. */
export type AnswerDescription = {
  /** What it means, in a sentence. */
  description: string;
  /** Body by content type; absent: none. */
  content?: Readonly<Record<string, BodyKind>>;
  headers?: HeaderTexts;
};

/** How a raw route is called and answered: what the OpenAPI document says of it, since no schema of the frame can. */
export type RawDescription = {
  /** Path parameters that the handler takes out of the address by itself. */
  params?: z.ZodObject;
  /** Query parameters, as a `z.object`. */
  query?: z.ZodObject;
  /** Request headers; a name that ends with `!` must be sent. */
  requestHeaders?: HeaderTexts;
  /** What the request's body may be, by content type. */
  requestContent?: Readonly<Record<string, BodyKind>>;
  /** Good answers by status. Faults are those of every route and of `errors`. */
  answers: Readonly<Record<number, AnswerDescription>>;
};

/** What every spec says for the document. */
export type Described = {
  /** What it does, in one line, without a full stop. Every route needs it. */
  summary?: string;
  /**
   * More about it: for whom it is, what else it does (mails, events, sessions that end), which fault comes when, and how a
   * list goes on. Markdown. Every route needs it.
   */
  description?: string;
  /** Whether it also answers nobody in particular: what is public, or what carries a signature. */
  anonymous?: boolean;
  /**
   * Faults that it answers beyond those which follow from its spec: `invalid_input` of what is parsed, `unauthenticated`,
   * `forbidden` and `rate_limited` of the frame, `not_found` of path parameters, and what reading a JSON body may say.
   * A test that gets another one fails.
   */
  errors?: readonly ErrorCode[];
};
