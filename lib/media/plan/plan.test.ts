import { describe, expect, test } from "vitest";
import { encodeCommand } from "#lib/media/encode/encode-command.ts";
import { assertProcessable, parseProbe } from "#lib/media/probe/probe.ts";
import type { SourceRung, SourceTrack } from "#lib/media/source/source-rung.ts";
import { outputFrameRate } from "./frame-rate.ts";
import { chunkTimes, makeChunks, makeGrid, plannedSegments, segmentStart } from "./grid.ts";
import { makeLadder } from "./ladder.ts";
import { makePlan } from "./make-plan.ts";
import { defaultPlanSettings, type Plan } from "./plan.ts";
import { noWishes, type Wishes } from "./wishes.ts";

const file = (streams: object[], format: object = {}) =>
  parseProbe({
    streams,
    format: { format_name: "mov,mp4,m4a,3gp,3g2,mj2", duration: "12.0", start_time: "0.0", ...format },
  });

const picture = {
  ...{ index: 0, codec_type: "video", codec_name: "h264", width: 1920, height: 1080, pix_fmt: "yuv420p" },
  ...{ r_frame_rate: "30000/1001", avg_frame_rate: "30000/1001", sample_aspect_ratio: "1:1", duration: "12.0" },
};
const sound = {
  ...{ index: 1, codec_type: "audio", codec_name: "aac", profile: "LC", sample_rate: "48000", channels: 2 },
  ...{
    bit_rate: "128000",
    duration: "12.0",
    nb_frames: "563",
    start_time: "0.0",
    tags: { language: "ukr", title: 'Dub "one"\n' },
  },
};
/** Half as many packets as the length takes. */
const holed = { ...sound, nb_frames: "280" };
const plan = (streams: object[], format?: object) =>
  makePlan({ probe: file(streams, format), settings: defaultPlanSettings, wishes: noWishes, source: null });

describe("a plan", () => {
  test("of a usual file", () => {
    expect(plan([picture, sound])).toMatchSnapshot();
  });

  test("of sound alone draws a cover and takes no poster", () => {
    const made = plan([sound]);
    expect(made.picture.origin).toBe("cover");
    expect(made.steps.map(({ kind }) => kind)).toEqual(["audio", "encode", "finish"]);
  });

  test("is plain JSON", () => {
    const made = plan([picture, sound]);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  test("holds the last frame where sound lasts longer, and adds silence where it ends early", () => {
    expect(plan([{ ...picture, duration: "9.0" }, sound]).picture).toMatchObject({ holdSeconds: 3 });
    expect(plan([picture, { ...sound, duration: "10.0" }]).audio[0]).toMatchObject({ mode: "encode", padSeconds: 2 });
  });

  test("copies sound only when all of it is there: a pause is an encoder's to fill", () => {
    const modes = [sound, holed, { ...sound, nb_frames: undefined }].map(
      (track) => plan([picture, track]).audio[0]?.mode,
    );
    expect(modes).toEqual(["copy", "encode", "encode"]);
  });

  test("bounds the output of a file that declares no length", () => {
    expect(plan([picture], { duration: undefined }).outputLimitSeconds).toBe(43_200);
  });
});

describe("reading ffprobe", () => {
  test("cover art is no picture, and a track's title cannot end an attribute", () => {
    const probe = file([{ ...picture, disposition: { attached_pic: 1 } }, sound]);
    expect(probe.video).toBeNull();
    expect(probe.audio[0]).toMatchObject({ language: "ukr", title: "Dub one" });
  });

  test("a display matrix of -90 degrees is a quarter turn clockwise", () => {
    const turned = { ...picture, side_data_list: [{ side_data_type: "Display Matrix", rotation: -90 }] };
    expect(file([turned]).video?.rotation).toBe(90);
  });

  test("refuses by code", () => {
    const refusal = (streams: object[], format?: object) => () =>
      assertProcessable({ probe: file(streams, format), limits: defaultPlanSettings.limits, sizeBytes: 1e9 });
    expect(refusal([])).toThrow("no_streams");
    expect(refusal([{ ...picture, width: 9000, height: 9000 }])).toThrow("too_large_frame");
    expect(refusal([picture], { duration: "50000" })).toThrow("too_long");
    expect(refusal([{ ...picture, codec_name: undefined }])).toThrow("unsupported_codec");
    expect(refusal([{ ...picture, codec_name: undefined }, sound])).toThrow("unsupported_codec");
    expect(() => parseProbe({})).toThrow("not_media");
    const probe = file([{ ...picture, codec_name: undefined }, sound]);
    assertProcessable({ probe, limits: defaultPlanSettings.limits, sizeBytes: 1e9, soundOnly: true });
  });
});

describe("the ladder", () => {
  const names = (width: number, height: number) =>
    makeLadder({ size: { width, height }, frameRate: { num: 25, den: 1 } }).map(
      (rung) => `${rung.name} ${rung.width}x${rung.height}`,
    );

  test("ends at the source's short side and keeps portrait", () => {
    expect(names(1920, 1080)).toEqual(["360p 640x360", "480p 854x480", "720p 1280x720", "1080p 1920x1080"]);
    expect(names(1080, 1920).at(-1)).toBe("1080p 1080x1920");
    expect(names(3840, 2160).at(-1)).toBe("2160p 3840x2160");
    expect(names(1440, 1080).at(-1)).toBe("1080p 1440x1080");
  });

  test("counts a wide film by the box it fills, upright or not", () => {
    expect(names(1920, 800)).toEqual(["360p 640x266", "480p 854x356", "720p 1280x534", "1080p 1920x800"]);
    expect(names(800, 1920).at(-1)).toBe("1080p 800x1920");
  });

  test("never enlarges and makes sides even", () => {
    expect(names(321, 181)).toEqual(["180p 320x180"]);
    expect(names(1919, 1079).at(-1)).toBe("1080p 1918x1078");
  });

  test("allows half as many bits again above 31 frames per second", () => {
    const [slow, fast] = [30, 60].map(
      (num) => makeLadder({ size: { width: 640, height: 360 }, frameRate: { num, den: 1 } })[0],
    );
    expect(fast?.maxrateKbps).toBe((slow?.maxrateKbps ?? 0) * 1.5);
  });
});

describe("the grid", () => {
  const frameRate = { num: 30_000, den: 1001 };

  test("stands on frames, close to the target", () => {
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 12 }).framesPerSegment).toBe(120);
  });

  test("leaves out the last line when next to nothing follows it", () => {
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 12.1 }).uncutFrame).toBe(360);
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 13 }).uncutFrame).toBeNull();
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 0.2 }).uncutFrame).toBeNull();
  });

  test("chunks follow one another on grid lines and the last is open", () => {
    const grid = makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 60 });
    const lengths = [8, 16, 32];
    const chunks = makeChunks({ grid, durationSeconds: 60, secondsOf: (ordinal) => lengths[ordinal] ?? 32 });
    expect(chunks).toEqual([
      { ordinal: 0, firstSegment: 0, segmentCount: 2 },
      { ordinal: 1, firstSegment: 2, segmentCount: 4 },
      { ordinal: 2, firstSegment: 6, segmentCount: null },
    ]);
    expect(chunkTimes({ grid, chunk: chunks[1] ?? never() })).toEqual({ start: 8.008, end: 24.024 });
  });

  test("a short rest is no chunk of its own, and a length that is not known gives one open chunk", () => {
    const grid = makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 20 });
    const of = (durationSeconds: number) => makeChunks({ grid, durationSeconds, secondsOf: () => 16 });
    expect(of(20)).toEqual([{ ordinal: 0, firstSegment: 0, segmentCount: null }]);
    expect(of(0)).toEqual([{ ordinal: 0, firstSegment: 0, segmentCount: null }]);
    expect(of(30)).toHaveLength(2);
  });

  test("behind the line that is left out every segment begins one line later", () => {
    const grid = makeGrid({ frameRate: { num: 25, den: 1 }, targetSeconds: 4, durationSeconds: 12.2 });
    expect([0, 2, 3].map((index) => segmentStart({ grid, index }))).toEqual([0, 8, 16]);
    expect(plannedSegments({ grid, durationSeconds: 12.2 }).map((length) => length.toFixed(3))).toEqual([
      "4.000",
      "4.000",
      "4.200",
    ]);
  });

  test("of a source has its own starts, and its last chunk ends", () => {
    const grid = {
      ...{ kind: "source" as const, frameRate, timescale: 1000, endTicks: 21_500 },
      starts: [40, 5_040, 9_000, 15_000, 20_000],
    };
    expect(plannedSegments({ grid, durationSeconds: 99 })).toEqual([5, 3.96, 6, 5, 1.5]);
    expect(makeChunks({ grid, durationSeconds: 99, secondsOf: () => 8 })).toEqual([
      { ordinal: 0, firstSegment: 0, segmentCount: 2 },
      { ordinal: 1, firstSegment: 2, segmentCount: 3 },
    ]);
  });
});

test.each([
  ["30000/1001", "30000/1001", "30000/1001"],
  ["25/1", "2500/101", "25/1"],
  ["120/1", "120/1", "60/1"],
  ["60/1", "45/2", "60/1"],
  ["90000/1", "2985/100", "30000/1001"],
  ["1/2", "1/2", "5/1"],
])("nominal %s and mean %s give a constant %s", (nominal, average, expected) => {
  const rate = (text: string) => ({ num: Number(text.split("/")[0]), den: Number(text.split("/")[1]) });
  const made = outputFrameRate({ nominal: rate(nominal), average: rate(average), interlaced: false });
  expect(`${made.num}/${made.den}`).toBe(expected);
});

const never = (): never => {
  throw new Error("not there");
};

const sourceOf = (video: Partial<SourceTrack> = {}): Omit<SourceRung, "keep"> => ({
  ...{ reader: "tables" as const, zeroSeconds: 0, width: 1920, height: 1080 },
  video: {
    ...{ rendition: "source", streamIndex: 0, codecs: "avc1.640028", timescale: 30_000, endTicks: 360_000 },
    ...{ starts: [0, 150_150, 300_300], bandwidth: { peak: 8_000_000, average: 6_000_000 }, sizeBytes: 1_000 },
    ...video,
  },
  audio: [
    {
      ...{ rendition: "audio-0", streamIndex: 1, codecs: "mp4a.40.2", timescale: 48_000, endTicks: 576_000 },
      ...{ starts: [0, 240_640, 481_280], bandwidth: { peak: 128_000, average: 128_000 }, sizeBytes: 100 },
    },
  ],
});

const design = {
  ...{ kind: "image" as const, text: null, position: "top-left" as const },
  ...{ opacity: 1, scale: 0.1, margin: 0.02 },
};

describe("the lanes", () => {
  const made = (input: { source?: Omit<SourceRung, "keep"> | null; wishes?: Partial<Wishes> }) =>
    makePlan({
      probe: file([picture, sound]),
      settings: defaultPlanSettings,
      wishes: { ...noWishes, ...input.wishes },
      source: input.source ?? null,
    });
  const rungs = (plan: Plan) => plan.rungs.map(({ name }) => name);
  const kinds = (plan: Plan) => plan.steps.map(({ kind }) => kind);

  test("an H.264 source near its rung's cap stays, in place of the rung it would be", () => {
    const plan = made({ source: sourceOf() });
    expect(plan.source?.keep).toBe(true);
    expect(rungs(plan)).toEqual(["360p", "480p", "720p"]);
    expect(plan).toMatchObject({ previewRung: null, grid: { kind: "source" }, audio: [{ mode: "package" }] });
    expect(kinds(plan).slice(0, 2)).toEqual(["encode", "package"]);
  });

  test("a heavy source serves until the whole ladder is there", () => {
    const plan = made({ source: sourceOf({ bandwidth: { peak: 40_000_000, average: 30_000_000 } }) });
    expect(plan.source?.keep).toBe(false);
    expect(rungs(plan).at(-1)).toBe("1080p");
  });

  test("a source that not every browser decodes gets a first H.264 rung ahead of the others", () => {
    const plan = made({ source: sourceOf({ codecs: "vp09.00.40.08" }) });
    expect(plan).toMatchObject({ source: { keep: false }, previewRung: "360p", grid: { kind: "source" } });
    expect(kinds(plan)[0]).toBe("preview");
  });

  test("a marked video has no source, and everything is encoded", () => {
    const mark = { watermarkId: "w", imageKey: "k", imageWidth: 10, imageHeight: 10 };
    const wishes = { watermark: { ...mark, design } };
    const plan = made({ source: sourceOf(), wishes });
    expect(plan).toMatchObject({
      source: null,
      previewRung: "360p",
      grid: { kind: "frames" },
      audio: [{ mode: "copy" }],
    });
  });

  test("sound that is brought to one loudness is never the source's own", () => {
    const plan = made({ source: sourceOf(), wishes: { normalizeLoudness: true } });
    expect(plan.source?.audio).toEqual([]);
    expect(plan.audio[0]).toMatchObject({ mode: "encode", normalize: true });
  });

  test("only the sound is wanted: a drawn cover, as if there was no picture", () => {
    const plan = made({ source: sourceOf(), wishes: { audioOnly: true } });
    expect(plan).toMatchObject({ picture: { origin: "cover" }, source: null, previewRung: null });
  });

  test.each([
    ["avi", "mpeg4", "1200", [true, false, 19, 21]],
    ["mpegts", "h264", "1200", [false, true, 19, 19]],
    ["asf", "wmv2", "1200", [false, true, 19, 19]],
    // Their packets lack times that a copy needs.
    ["asf", "h264", "1200", [false, false, 1, 1]],
    ["mpeg", "h264", "1200", [false, false, 1, 1]],
    // Not worth a copy.
    ["mpegts", "h264", "60", [false, false, 1, 1]],
    // Short files are cut too, as each chunk keeps one processor busy.
    ["avi", "mpeg4", "20", [true, false, 1, 2]],
    ["avi", "mpeg4", "60", [true, false, 4, 3]],
    ["avi", "mpeg4", "128", [true, false, 4, 4]],
    ["mpegts", "h264", "100", [false, true, 4, 2]],
  ])("%s with %s of %s s: seekable, copied, chunks", (format_name, codec_name, duration, expected) => {
    const plan = makePlan({
      probe: file([{ ...picture, codec_name, duration }], { format_name, duration, bit_rate: "8000000" }),
      ...{ settings: defaultPlanSettings, wishes: noWishes, source: null },
    });
    const { seekable, copy, chunks, previewChunks } = plan;
    expect([seekable, copy !== undefined, chunks.length, previewChunks.length]).toEqual(expected);
    expect(plan.steps.some(({ kind }) => kind === "copy")).toBe(copy !== undefined);
  });

  test("only of a transport stream is a late beginning given back to what is read alone", () => {
    const late = { ...picture, start_time: "1.5" };
    const delays = (format_name: string) => {
      const plan = makePlan({
        probe: file([late, { ...sound, start_time: "1.4" }], { format_name, start_time: "1.4" }),
        ...{ settings: defaultPlanSettings, wishes: noWishes, source: null },
      });
      return [plan.picture.origin === "stream" ? plan.picture.delaySeconds : null, plan.audio[0]?.delaySeconds];
    };
    expect(delays("mpegts")).toEqual([0.1, undefined]);
    expect(delays("flv")).toEqual([undefined, undefined]);
  });
});

const encoded = (plan: Plan, ordinal: number) =>
  encodeCommand({
    ...{ plan, chunk: plan.chunks[ordinal] ?? never(), rungs: plan.rungs.slice(0, 1), sourcePath: "/original" },
    ...{ coverName: "", overlay: null },
  });
const shortChunks = { ...defaultPlanSettings, encodeChunkSeconds: 4 };

test("a chunk in the middle of a grid of frames seeks, counts frames and keeps its place in time", () => {
  const plan = makePlan({
    probe: file([{ ...picture, width: 640, height: 480 }, sound]),
    ...{ settings: shortChunks, wishes: noWishes, source: null },
  });
  expect(encoded(plan, 1)).toMatchSnapshot();
});

test("pictures are scaled to the largest rung, and the others are made of that, marks laid over each", () => {
  const plan = makePlan({
    probe: file([{ ...picture, width: 1920, height: 1080 }, sound]),
    ...{ settings: defaultPlanSettings, wishes: noWishes, source: null },
  });
  const [low, middle, high] = plan.rungs;
  if (low === undefined || middle === undefined || high === undefined) throw new Error("three rungs");
  const graphOf = (overlay: Parameters<typeof encodeCommand>[0]["overlay"]) =>
    encodeCommand({
      ...{ plan, chunk: plan.chunks[0] ?? never(), rungs: [low, high, middle], sourcePath: "/original" },
      ...{ coverName: "", overlay },
    }).filterGraph?.split(";");
  const to = ({ width, height }: typeof low) =>
    `scale=${width}:${height}:flags=bicubic:out_range=tv,setsar=1,format=yuv420p`;
  const plain = graphOf(null);
  expect(plain?.[0]).toMatch(new RegExp(`${to(high)},split=3\\[s0\\]\\[v1\\]\\[s2\\]$`));
  expect(plain?.slice(1)).toEqual([`[s0]${to(low)}[v0]`, `[s2]${to(middle)}[v2]`]);
  const mark = {
    input: { kind: "cover" as const, name: "mark.png", options: [] },
    branches: ["[1:v]split=3[k0][k1][k2]"],
  };
  const marked = graphOf({ ...mark, filterOf: ({ name }) => `overlay=${name}` });
  expect(marked?.[0]).toMatch(/split=3\[s0\]\[p1\]\[s2\]$/);
  expect(marked?.slice(1)).toEqual([
    ...["[1:v]split=3[k0][k1][k2]", `[s0]${to(low)}[p0]`, `[p0][k0]overlay=${low.name}[v0]`],
    ...[`[p1][k1]overlay=${high.name}[v1]`, `[s2]${to(middle)}[p2]`, `[p2][k2]overlay=${middle.name}[v2]`],
  ]);
});

test("a chunk in the middle of a source keeps the source's times and its cuts", () => {
  const plan = makePlan({
    probe: file([{ ...picture, width: 640, height: 480 }, sound]),
    ...{ settings: shortChunks, wishes: noWishes, source: sourceOf() },
  });
  expect(encoded(plan, 1)).toMatchSnapshot();
});
