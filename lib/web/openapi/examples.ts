import type { JsonSchema } from "#lib/web/openapi/openapi-types.ts";

const id = (end: string) => `0192f0c1-7a3e-7c52-9d41-${end.padStart(12, "0")}`;
const madeAt = "2026-11-21T12:30:00.000Z";
const channel = { id: id("c1"), handle: "olena", name: "Olena Kovalenko" };
const videoId = id("a7");
const media = `/media/runs/${videoId}/${id("b2")}`;

const rendition = (name: string, [width, height]: [number, number], bandwidth: number) => ({
  ...{ name, width, height, bandwidth },
  codecs: "avc1.640028,mp4a.40.2",
  availableMs: null,
});

const video = {
  id: videoId,
  title: "A walk along the Dnipro",
  description: "0:00 The bridge\n1:10 The island\n3:20 Sunset",
  tags: ["kyiv", "walk"],
  ...{ category: "travel", language: "uk" },
  ...{ visibility: "public", status: "ready", playable: true },
  ...{ progress: null, upload: null, failure: null },
  ...{ durationMs: 254_400, width: 1920, height: 1080, frameRate: 25, sourceSizeBytes: 183_540_211 },
  renditions: [rendition("1080p", [1920, 1080], 4_800_000), rendition("480p", [854, 480], 1_200_000)],
  playback: {
    hlsUrl: `${media}/main.m3u8`,
    posterUrl: `${media}/poster.jpg`,
    thumbnails: [320, 640].map((width) => ({ url: `${media}/poster-w${width}.webp`, width })),
    dominantColor: "#35506b",
    storyboardUrl: `${media}/storyboard.vtt`,
    previewUrl: `${media}/preview.mp4`,
    captions: [{ id: id("d4"), language: "uk", label: "Українська", url: `${media}/captions.vtt` }],
    chapters: [{ startMs: 0, title: "The bridge" }],
  },
  assets: [{ id: id("e5"), kind: "original", sizeBytes: 183_540_211, downloadUrl: `/api/v1/assets/${id("e5")}` }],
  duplicateOf: null,
  viewCount: 1_284,
  takenDown: null,
  ...{ channel, editable: true, createdAt: madeAt, publishedAt: madeAt },
};

/** What real values look like, by the name of their schema. A test holds each against it. */
export const examples: Readonly<Record<string, unknown>> = {
  Video: video,
  VideoPage: { items: [video], nextCursor: "WyIyMDI2LTExLTIxIiwiMDE5MmYwYzEiXQ" },
  VideoPatch: { title: "A walk along the Dnipro", tags: ["kyiv", "walk"], visibility: "public" },
  Error: {
    error: {
      code: "invalid_input",
      message: "The request is not valid.",
      requestId: "6f1c2b9e-0d0b-4c63-9a55-1de1b2f6c0aa",
      fields: { title: "Write at least one letter." },
    },
  },
  SignUp: { email: "olena@example.org", username: "olena", password: "a long sentence nobody guesses" },
  Credentials: { email: "olena@example.org", password: "a long sentence nobody guesses" },
  ChapterList: { items: [{ startMs: 0, title: "The bridge" }].concat({ startMs: 70_000, title: "The island" }) },
  PosterChange: { kind: "frame", atMs: 61_500 },
  FileReplacement: { filename: "walk-v2.mp4", sizeBytes: 184_002_118, filetype: "video/mp4" },
  CaptionText: { language: "uk", text: "1\n00:00:01,000 --> 00:00:03,500\nДоброго ранку, Києве.\n" },
  NewChannel: { handle: "olena-travels", name: "Olena travels" },
  NewInvitation: { email: "taras@example.org", role: "editor" },
  NewWebhook: { url: "https://hooks.example.org/kinora", events: ["video.ready"] },
  NewApiToken: { name: "Nightly uploads", scopes: ["uploads", "videos:read"], expiresInDays: 90 },
};

/** Adds what real values look like to the schemas that have one. */
export const withExamples = (schemas: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      name in examples ? { ...schema, examples: [examples[name]] } : schema,
    ]),
  );
