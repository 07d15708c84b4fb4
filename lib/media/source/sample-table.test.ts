import { expect, test } from "vitest";
import { fullBox, u32, u64 } from "#lib/media/fragment/fragment-boxes.ts";
import { viewOf } from "#lib/media/source/mp4-boxes.ts";
import { readSampleTable, type SampleTable } from "#lib/media/source/sample-table.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";

const plain = { version: 0, flags: 0 };

/** Lists of one `stbl`; what is left out is that of three packets of 100 bytes in one chunk at 1000. */
type Lists = {
  stts: [number, number][];
  ctts: [number, number][] | null;
  stsc: [number, number, number][];
  stsz: { constant: number; count: number; sizes: number[] };
  stco: number[];
  co64: number[] | null;
  stss: number[] | null;
};

const good: Lists = {
  stts: [[3, 1000]],
  ctts: null,
  stsc: [[1, 3, 1]],
  stsz: { constant: 0, count: 3, sizes: [100, 110, 120] },
  stco: [1000],
  co64: null,
  stss: [1],
};

const list = (type: string, rows: readonly (readonly number[])[], count = rows.length) =>
  fullBox(
    type,
    plain,
    u32(count),
    rows.flatMap((row) => row.flatMap(u32)),
  );

const tableOf = (changes: Partial<Lists> = {}): Uint8Array => {
  const lists = { ...good, ...changes };
  const { constant, count, sizes } = lists.stsz;
  return new Uint8Array(
    Buffer.concat([
      list("stts", lists.stts),
      ...(lists.ctts === null ? [] : [list("ctts", lists.ctts)]),
      list("stsc", lists.stsc),
      fullBox("stsz", plain, u32(constant), u32(count), sizes.flatMap(u32)),
      lists.co64 === null
        ? list(
            "stco",
            lists.stco.map((offset) => [offset]),
          )
        : fullBox("co64", plain, u32(lists.co64.length), lists.co64.flatMap(u64)),
      ...(lists.stss === null
        ? []
        : [
            list(
              "stss",
              lists.stss.map((number) => [number]),
            ),
          ]),
    ]),
  );
};

const media = [{ start: 1000, end: 2000 }];

const read = (bytes: Uint8Array, changes: { durationTicks?: number; media?: typeof media } = {}): SampleTable =>
  readSampleTable(viewOf(bytes), {
    stbl: { start: 0, end: bytes.byteLength },
    bounds: { timescale: 1000, durationTicks: 3000, media, ...changes },
  });

test("a plain table gives every packet its place, size and time", () => {
  const table = read(
    tableOf({
      ctts: [
        [1, 1000],
        [1, 3000],
        [1, 0],
      ],
    }),
  );
  expect([...table.offsets]).toEqual([1000, 1100, 1210]);
  expect([...table.sizes]).toEqual([100, 110, 120]);
  expect([...table.times]).toEqual([1000, 4000, 2000]);
  expect([...table.keys]).toEqual([1, 0, 0]);
  expect([table.firstTime, table.lastTime, table.endTime]).toEqual([1000, 4000, 5000]);
});

test("a last length of 0 ends as long after its packet as the one before it", () => {
  const stts: [number, number][] = [
    [2, 1500],
    [1, 0],
  ];
  const table = read(tableOf({ stts }));
  expect([...table.times]).toEqual([0, 1500, 3000]);
  expect(table.endTime).toBe(4500);
});

test("chunks may lie in any order and in several media boxes", () => {
  const boxes = [
    { start: 1000, end: 1150 },
    { start: 5000, end: 5300 },
  ];
  const bytes = tableOf({ stsc: [[1, 1, 1]], co64: [5000, 1000, 5100] });
  expect([...read(bytes, { media: boxes }).offsets]).toEqual([5000, 1000, 5100]);
});

test("negative composition offsets are taken in either version of the box", () => {
  expect([...read(tableOf({ ctts: [[3, 2 ** 32 - 500]] })).times]).toEqual([-500, 500, 1500]);
});

const count = 5_000_000;
const many = { constant: 1, count, sizes: [] };

test.each<[string, Partial<Lists>, { durationTicks?: number; media?: typeof media }]>([
  ["5 million packets out of nothing", { stts: [[count, 1]], stsc: [[1, count, 1]], stsz: many }, {}],
  [
    "100 million packets in a declared month",
    { stts: [[100_000_000, 20]], stsc: [[1, 100_000_000, 1]], stsz: { ...many, count: 100_000_000 } },
    { durationTicks: 2_000_000_000, media: [{ start: 1000, end: 200_000_000 }] },
  ],
  [
    "more packets than bytes",
    { stts: [[2000, 1]], stsc: [[1, 2000, 1]], stsz: { ...many, count: 2000 } },
    { durationTicks: 20_000 },
  ],
  ["more sizes than the box holds", { stsz: { constant: 0, count: 900, sizes: [1, 2, 3] } }, {}],
  ["durations of more packets than there are", { stts: [[4, 1000]] }, {}],
  ["durations beyond the declared one", { stts: [[3, 1_000_000]] }, {}],
  [
    "negative durations",
    {
      stts: [
        [2, 1000],
        [1, 2 ** 32 - 1000],
      ],
    },
    {},
  ],
  ["composition offsets of more packets than there are", { ctts: [[4, 0]] }, {}],
  ["composition offsets of an hour", { ctts: [[3, 3_600_000]] }, {}],
  ["chunks that hold fewer packets", { stsc: [[1, 2, 1]] }, {}],
  [
    "runs of chunks out of order",
    {
      stsc: [
        [2, 3, 1],
        [1, 3, 1],
      ],
    },
    {},
  ],
  ["a run of chunks that begins late", { stsc: [[2, 3, 1]], stco: [1000, 1000] }, {}],
  ["a second description", { stsc: [[1, 3, 2]] }, {}],
  ["packets in the header", { stco: [0] }, {}],
  ["packets beyond the file", { stco: [1900] }, {}],
  ["packets beyond 53 bits", { co64: [Number.MAX_SAFE_INTEGER] }, {}],
  ["packets over each other", { stsc: [[1, 1, 1]], stco: [1000, 1010, 1300] }, {}],
  ["the same packet three times", { stsc: [[1, 1, 1]], stco: [1000, 1000, 1000] }, {}],
  ["key frames out of order", { stss: [2, 1] }, {}],
  ["key frames that are no packets", { stss: [4] }, {}],
  ["packet number 0", { stss: [0] }, {}],
  ["no duration", {}, { durationTicks: 0 }],
  ["no packets", { stts: [], stsc: [], stsz: { constant: 0, count: 0, sizes: [] }, stco: [] }, {}],
])("refuses %s within milliseconds", (_, lists, bounds) => {
  const bytes = tableOf(lists);
  const before = process.cpuUsage();
  expect(() => read(bytes, bounds)).toThrow(SourceRefusal);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(50);
});

test("a list that claims more than its box holds is refused", () => {
  const bytes = tableOf();
  // The count of stts stands right behind the first box's head, version and flags.
  viewOf(bytes).setUint32(12, 0x7fff_ffff);
  expect(() => read(bytes)).toThrow(SourceRefusal);
});

test("boxes that reach beyond their parent are refused", () => {
  const bytes = tableOf();
  viewOf(bytes).setUint32(0, 0xffff_fff0);
  expect(() => read(bytes)).toThrow(SourceRefusal);
});

test("a table of two hours is read in a fraction of a second", () => {
  const frames = 216_000;
  const sizes = Array.from({ length: frames }, (_, index) => 100 + (index % 7));
  const offsets: number[] = [];
  let at = 1000;
  for (const size of sizes) {
    offsets.push(at);
    at += size;
  }
  const bytes = tableOf({
    stts: [[frames, 1000]],
    ctts: sizes.map((_, index): [number, number] => [1, (index % 3) * 1000]),
    stsc: [[1, 1, 1]],
    stsz: { constant: 0, count: frames, sizes },
    co64: offsets,
    stss: sizes.flatMap((_, index) => (index % 60 === 0 ? [index + 1] : [])),
  });
  const before = process.cpuUsage();
  const table = read(bytes, { durationTicks: frames * 1000, media: [{ start: 1000, end: at }] });
  const { user, system } = process.cpuUsage(before);
  expect(table.offsets.at(-1)).toBe(offsets.at(-1));
  expect((user + system) / 1000).toBeLessThan(300);
});
