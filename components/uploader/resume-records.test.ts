import { describe, expect, it } from "vitest";
import { resumeRecords } from "./resume-records.ts";

const memory = () => {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      values.set(key, value);
    },
  };
};

const record = {
  fingerprint: "a.mp4|5|7",
  uploadUrl: "http://localhost/api/v1/uploads/1",
  videoId: "v1",
  savedAtMs: 1_000,
};

describe("resumeRecords", () => {
  it("finds in a new tab what an earlier one kept", () => {
    const storage = memory();
    resumeRecords({ storage, accountId: "one", now: () => 1_000 }).put(record);
    expect(resumeRecords({ storage, accountId: "one", now: () => 2_000 }).find(record.fingerprint)).toEqual(record);
  });

  it("never shows one account's uploads to another", () => {
    const storage = memory();
    resumeRecords({ storage, accountId: "one", now: () => 1_000 }).put(record);
    expect(resumeRecords({ storage, accountId: "two", now: () => 1_000 }).find(record.fingerprint)).toBeNull();
  });

  it("keeps one record per file, the latest", () => {
    const records = resumeRecords({ storage: memory(), accountId: "one", now: () => 1_000 });
    records.put(record);
    records.put({ ...record, uploadUrl: "http://localhost/api/v1/uploads/2" });
    expect(records.find(record.fingerprint)?.uploadUrl).toBe("http://localhost/api/v1/uploads/2");
    records.remove(record.fingerprint);
    expect(records.find(record.fingerprint)).toBeNull();
  });

  it("forgets after two weeks", () => {
    const storage = memory();
    resumeRecords({ storage, accountId: "one", now: () => 1_000 }).put(record);
    expect(
      resumeRecords({ storage, accountId: "one", now: () => 15 * 86_400_000 }).find(record.fingerprint),
    ).toBeNull();
  });

  it("treats spoilt contents and a refusing storage as empty", () => {
    const storage = memory();
    storage.values.set("kinora:uploads:one", "{not json");
    expect(resumeRecords({ storage, accountId: "one", now: () => 0 }).find("x")).toBeNull();
    const refusing = {
      getItem: () => {
        throw new Error("denied");
      },
      setItem: () => {
        throw new Error("denied");
      },
    };
    const records = resumeRecords({ storage: refusing, accountId: "one", now: () => 0 });
    records.put(record);
    expect(records.find(record.fingerprint)).toBeNull();
  });
});
