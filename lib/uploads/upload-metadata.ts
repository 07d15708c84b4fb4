import { isDeepStrictEqual } from "node:util";
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
  options: UploadOptions;
  /** The video that gets this file in the place of its own; null makes a new video. */
  replaces: string | null;
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

/**
 * What a client wishes of the processing; what it does not name is as the channel's defaults have it. Unknown names are
 * refused, because silence would look like consent.
 */
const optionSchema = z.strictObject({
  /** An MP3 is made with the video. */
  audio: z.boolean().optional(),
  /** Only the sound is wanted. */
  audioOnly: z.boolean().default(false),
  /** Brings the sound to one loudness. */
  normalize: z.boolean().optional(),
  /** Null: no mark, whatever the default is. */
  watermarkId: idSchema.nullable().optional(),
});

/** See `optionSchema`. */
export type UploadOptions = z.output<typeof optionSchema>;

const noOptions: UploadOptions = optionSchema.parse({});

const optionFault = (issue: z.core.$ZodIssue): string =>
  issue.code === "unrecognized_keys"
    ? `This version of Kinora knows no such option: ${issue.keys.slice(0, 5).join(", ").slice(0, 100)}.`
    : `options.${issue.path.join(".")} is not valid.`;

const optionsSchema = z.string().transform((text, context): UploadOptions => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    context.addIssue("options must be a JSON object.");
    return z.NEVER;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    context.addIssue("options must be a JSON object.");
    return z.NEVER;
  }
  const parsed = optionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue(optionFault(issue));
  return z.NEVER;
});

// Keys that other programs invented (relativePath, lastModified, …) are left out without a word, as tus clients expect;
// faulty values of known keys are refused.
const metadataSchema = z
  .object({
    filename: z.string().optional(),
    filetype: z.string().max(255).optional(),
    title: z.string().trim().min(1).max(200).optional(),
    visibility: visibilitySchema.default("private"),
    channelId: idSchema.optional(),
    options: optionsSchema.default(noOptions),
    replaces: idSchema.optional(),
  })
  // Who wishes for a mark here would otherwise find the new file without it.
  .refine(({ options, replaces }) => replaces === undefined || isDeepStrictEqual(options, noOptions), {
    path: ["options"],
    error: "A file that replaces another is processed as the video wishes; change its watermark at the video.",
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
  const { filetype, title, visibility, channelId, options, replaces } = parsed.data;
  const filename = cleanFilename(parsed.data.filename ?? defaultFilename);
  return {
    filename,
    filetype: filetype ?? null,
    title: title ?? (withoutEnding(filename).slice(0, 200) || filename),
    visibility,
    channelId: channelId ?? null,
    options,
    replaces: replaces ?? null,
  };
};

/** What an upload that replaces a video's file says; title and visibility are the video's own and stay. */
export const replacingMetadata = (input: {
  videoId: string;
  filename: string;
  filetype: string | null;
}): UploadMetadata => {
  const filename = cleanFilename(input.filename);
  return {
    filename,
    filetype: input.filetype,
    title: filename,
    visibility: "private",
    channelId: null,
    options: noOptions,
    replaces: input.videoId,
  };
};
