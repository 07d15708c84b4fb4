import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import {
  addressGroup,
  addressMatcher,
  clientAddress,
  normalAddress,
  peerHeader,
  requestOrigin,
} from "#lib/web/request-address.ts";
import { requestIdOf } from "#lib/web/request-id.ts";

const headers = (values: Record<string, string>) => new Headers(values);

beforeEach(() => overrideEnv({ TRUSTED_PROXIES: "10.0.0.0/8, ::1" }));
afterEach(() => overrideEnv({ TRUSTED_PROXIES: undefined }));

describe("clientAddress", () => {
  test("is the connection's other end, whatever a client claims", () => {
    const forged = headers({ [peerHeader]: "203.0.113.9", "x-forwarded-for": "127.0.0.1" });
    expect(clientAddress(forged)).toBe("203.0.113.9");
  });

  test("behind trusted proxies is the last address that is not one of them", () => {
    const given = { [peerHeader]: "10.0.0.1", "x-forwarded-for": "1.1.1.1, 203.0.113.9, 10.2.2.2" };
    expect(clientAddress(headers(given))).toBe("203.0.113.9");
  });

  test("is the proxy's own when it names nobody", () => {
    expect(clientAddress(headers({ [peerHeader]: "::1" }))).toBe("::1");
    expect(clientAddress(headers({ [peerHeader]: "::1", "x-forwarded-for": "nonsense" }))).toBe("::1");
  });

  test.each([
    ["1.1.1.1, 203.0.113.9:50123", "203.0.113.9"],
    ["1.1.1.1, [2001:db8::7]:50123", "2001:db8::7"],
    ["1.1.1.1, [2001:db8::7], 10.2.2.2:443", "2001:db8::7"],
  ])("is read with the port that some proxies write behind it: %s", (forwarded, address) => {
    expect(clientAddress(headers({ [peerHeader]: "10.0.0.1", "x-forwarded-for": forwarded }))).toBe(address);
  });

  test.each(["1.1.1.1, unknown", "1.1.1.1, _hidden", "1.1.1.1, "])(
    "is never what a client wrote left of something that is no address: %j",
    (forwarded) => {
      expect(clientAddress(headers({ [peerHeader]: "10.0.0.1", "x-forwarded-for": forwarded }))).toBe("10.0.0.1");
    },
  );

  test("without a stamped connection is unknown", () => {
    expect(clientAddress(headers({ "x-forwarded-for": "203.0.113.9" }))).toBe("unknown");
  });
});

describe("addresses", () => {
  test("an IPv4 address keeps one spelling on IPv6 sockets", () => {
    expect(normalAddress("::ffff:192.168.1.5")).toBe("192.168.1.5");
    expect(normalAddress(" FE80::1%eth0 ")).toBe("fe80::1");
  });

  test("networks match by their bits and nonsense matches nothing", () => {
    const matches = addressMatcher(["192.168.0.0/16", "2001:db8::/32", "not an address"]);
    expect(matches("192.168.44.1")).toBe(true);
    expect(matches("192.169.0.1")).toBe(false);
    expect(matches("2001:db8::7")).toBe(true);
    expect(matches("not an address")).toBe(false);
  });

  test.each(["10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "2001:db8::/129", "10.0.0.0/8/8"])(
    "a network with a strange length (%s) matches nobody, least of all everybody",
    (network) => {
      const matches = addressMatcher([network]);
      expect(["10.0.0.0", "203.0.113.9", "2001:db8::7"].some(matches)).toBe(false);
    },
  );

  test.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("one household of %s is %s", (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});

describe("requestOrigin", () => {
  const request = (values: Record<string, string>) => new Request("http://localhost:3000/x", { headers: values });

  test("is the host the client asked for", () => {
    expect(requestOrigin(request({ host: "192.168.1.5:3000" }))).toBe("http://192.168.1.5:3000");
  });

  test("takes forwarded names from trusted proxies only", () => {
    const forwarded = { host: "inside:3000", "x-forwarded-host": "tube.example", "x-forwarded-proto": "https" };
    expect(requestOrigin(request({ ...forwarded, [peerHeader]: "203.0.113.9" }))).toBe("http://inside:3000");
    expect(requestOrigin(request({ ...forwarded, [peerHeader]: "10.0.0.1" }))).toBe("https://tube.example");
  });
});

describe("requestIdOf", () => {
  test("keeps a sane id from a trusted proxy and makes one otherwise", () => {
    const id = "abc-123-def-456";
    expect(requestIdOf(headers({ [peerHeader]: "10.0.0.1", "x-request-id": id }))).toBe(id);
    expect(requestIdOf(headers({ [peerHeader]: "203.0.113.9", "x-request-id": id }))).not.toBe(id);
    expect(requestIdOf(headers({ [peerHeader]: "10.0.0.1", "x-request-id": "a b\tc<script>" }))).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });
});
