import { Metadata } from "@tus/server";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { type Visibility, visibilitySchema } from "#lib/videos/dto.ts";

/** What a client says about the file it is going to send. */
export type UploadMetadata = {
  filename: string;
  /** The client's word; never trusted for decisions. */
  filetype: string | null;
  title: string;
  visibility: Visibility;
  channelId: string | null;
};

const maxFilenameLength = 255;
const defaultFilename = "video";

/** The name without folders and control characters, so that it can stand in a header and on a page. */
const cleanFilename = (value: string): string => {
  const name = value.split(/[/\\]/).at(-1) ?? "";
  return (
    name
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, maxFilenameLength) || defaultFilename
  );
};

const withoutEnding = (filename: string): string => filename.replace(/(?<=.)\.[^.]{1,8}$/, "");

const optionsSchema = z.string().transform((text, context) => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    context.addIssue("options must be a JSON object.");
    return z.NEVER;
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  if (!parsed.success) {
    context.addIssue("options must be a JSON object.");
    return z.NEVER;
  }
  const names = Object.keys(parsed.data);
  if (names.length > 0) {
    context.addIssue(`This version of Kinora knows no such option: ${names.slice(0, 5).join(", ").slice(0, 100)}.`);
  }
  return undefined;
});

// Keys that other programs invented (relativePath, lastModified, …) are left out without a word, as tus clients expect;
// keys of the contract that this version cannot serve are refused.
const metadataSchema = z.object({
  filename: z.string().optional(),
  filetype: z.string().max(255).optional(),
  title: z.string().trim().min(1).max(200).optional(),
  visibility: visibilitySchema.default("private"),
  channelId: idSchema.optional(),
  options: optionsSchema.optional(),
  replaces: z.undefined({ error: "Replacing a file is not served by this version of Kinora." }).optional(),
});

const faultOf = (error: z.ZodError): AppError =>
  new AppError("invalid_input", {
    message: "Upload-Metadata is not valid.",
    hint: "See fields for what to change.",
    fields: Object.fromEntries(error.issues.map((issue) => [String(issue.path[0] ?? "metadata"), issue.message])),
  });

const decode = (header: string): Record<string, string | null> => {
  try {
    return Metadata.parse(header);
  } catch (error) {
    throw new AppError("invalid_input", {
      message: "Upload-Metadata is not valid.",
      hint: "Send comma-separated pairs of a key and a base64 value, each key once.",
      cause: error,
    });
  }
};

/**
 * Reads an `Upload-Metadata` header (tus 1.0.0, creation). Absent: an unnamed private video. Throws `invalid_input` that
 * names the faulty keys, also for options which this version does not know.
 */
export const parseUploadMetadata = (header: string | null): UploadMetadata => {
  const decoded = header === null || header.trim() === "" ? {} : decode(header);
  // A key without a value is an empty one; empty values count as absent.
  const given = Object.fromEntries(Object.entries(decoded).filter(([, value]) => value !== null && value !== ""));
  const parsed = metadataSchema.safeParse(given);
  if (!parsed.success) throw faultOf(parsed.error);
  const { filetype, title, visibility, channelId } = parsed.data;
  const filename = cleanFilename(parsed.data.filename ?? defaultFilename);
  return {
    filename,
    filetype: filetype ?? null,
    title: title ?? (withoutEnding(filename).slice(0, 200) || filename),
    visibility,
    channelId: channelId ?? null,
  };
};
