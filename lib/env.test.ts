import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "./env.ts";

const faultsOf = (source: Record<string, string>): readonly string[] => {
  try {
    parseEnv({ NODE_ENV: "test", ...source });
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.faults;
    throw error;
  }
};

describe("the search server's settings", () => {
  it("are none unless they are given", () => {
    expect(parseEnv({ NODE_ENV: "test" }).typesense).toBeNull();
  });

  it("name the nodes of one cluster", () => {
    const given = { TYPESENSE_URL: "http://one.example.org:8108/, https://two.example.org", TYPESENSE_API_KEY: "key" };
    expect(parseEnv({ NODE_ENV: "test", ...given }).typesense).toEqual({
      nodes: ["http://one.example.org:8108", "https://two.example.org"],
      apiKey: "key",
      prefix: "kinora",
    });
  });

  it("go together", () => {
    const fault = "TYPESENSE_URL and TYPESENSE_API_KEY go together; set both or neither.";
    expect(faultsOf({ TYPESENSE_URL: "http://one.example.org:8108" })).toEqual([fault]);
    expect(faultsOf({ TYPESENSE_API_KEY: "key" })).toEqual([fault]);
  });

  it.each(["one.example.org", "ftp://one.example.org", ",", "http://"])("refuse %s as an address", (url) => {
    expect(faultsOf({ TYPESENSE_URL: url, TYPESENSE_API_KEY: "key" })[0]).toContain("TYPESENSE_URL must be an address");
  });

  it("refuse a prefix that the server would not take", () => {
    expect(faultsOf({ TYPESENSE_PREFIX: "my videos" })[0]).toContain("TYPESENSE_PREFIX must be letters");
  });
});
