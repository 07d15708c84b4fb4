import { afterEach, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { isPublicAddress, resolveTarget, targetFault } from "#lib/webhooks/target.ts";

afterEach(() => overrideEnv({ WEBHOOK_PRIVATE_TARGETS: undefined }));

const refused: [trick: string, url: string, fault: string][] = [
  ["loopback", "http://127.0.0.1/", "private"],
  ["loopback far from .1", "http://127.200.3.4/", "private"],
  ["short form", "http://127.1/", "private"],
  ["decimal", "http://2130706433/", "private"],
  ["hexadecimal", "http://0x7f000001/", "private"],
  ["octal", "http://0177.0.0.1/", "private"],
  ["mixed forms", "http://0x7f.0.1/", "private"],
  ["zero", "http://0/", "private"],
  ["trailing dot", "http://127.0.0.1./", "private"],
  ["percent-encoded", "http://%31%32%37.0.0.1/", "private"],
  ["full-width digits", "http://\uff11\uff12\uff17.0.0.1/", "private"],
  ["circled digits", "http://①②⑦.⓪.⓪.①/", "private"],
  ["private 10/8", "http://10.1.2.3/", "private"],
  ["private 172.16/12", "http://172.31.255.255/", "private"],
  ["private 192.168/16", "https://192.168.1.1/", "private"],
  ["carrier's NAT", "http://100.64.0.1/", "private"],
  ["link-local, a cloud's metadata", "http://169.254.169.254/latest/meta-data/", "private"],
  ["multicast", "http://224.0.0.1/", "private"],
  ["broadcast", "http://255.255.255.255/", "private"],
  ["benchmarking", "http://198.18.0.1/", "private"],
  ["documentation", "http://203.0.113.7/", "private"],
  ["IPv6 loopback", "http://[::1]/", "private"],
  ["IPv6 unspecified", "http://[::]/", "private"],
  ["IPv4-mapped", "http://[::ffff:127.0.0.1]/", "private"],
  ["IPv4-mapped in hexadecimal", "http://[::ffff:7f00:1]/", "private"],
  ["IPv4-compatible", "http://[::127.0.0.1]/", "private"],
  ["IPv4-translated", "http://[::ffff:0:127.0.0.1]/", "private"],
  ["NAT64", "http://[64:ff9b::7f00:1]/", "private"],
  ["local NAT64", "http://[64:ff9b:1::a00:1]/", "private"],
  ["6to4", "http://[2002:7f00:1::]/", "private"],
  ["Teredo", "http://[2001:0:53aa:64c:0:0:80ff:fffe]/", "private"],
  ["unique local", "http://[fd00::1]/", "private"],
  ["IPv6 link-local", "http://[fe80::1]/", "private"],
  ["site-local", "http://[fec0::1]/", "private"],
  ["outside of global unicast", "http://[4000::1]/", "private"],
  ["localhost", "http://localhost:8080/", "private"],
  ["localhost in capitals with a dot", "http://LOCALHOST./", "private"],
  ["below localhost", "http://api.localhost/", "private"],
  ["a bare name", "http://database/", "private"],
  ["multicast DNS", "http://printer.local/", "private"],
  ["a cloud's inner name", "http://metadata.google.internal/", "private"],
  ["credentials", "http://user:secret@example.org/", "credentials"],
  ["an address dressed as credentials", "http://example.org@127.0.0.1/", "credentials"],
  ["file", "file:///etc/passwd", "scheme"],
  ["gopher", "gopher://example.org/", "scheme"],
  ["javascript", "javascript:alert(1)", "scheme"],
  ["mail's port", "http://example.org:25/", "port"],
  ["ssh's port", "https://example.org:22/", "port"],
  ["no address", "example.org/hook", "invalid"],
  ["no host", "http:///", "invalid"],
];

test.each(refused)("refuses %s: %s", (_trick, url, fault) => {
  expect(targetFault(url)).toBe(fault);
});

test.each([
  "https://example.org/hooks?key=1",
  "http://example.org:8080/",
  "https://8.8.8.8/",
  "https://[2606:4700::1111]/",
])("takes %s", (url) => {
  expect(targetFault(url)).toBeNull();
});

const signal = new AbortController().signal;
const named = (addresses: string[]) =>
  resolveTarget({ url: "https://example.org/", signal, resolve: async () => addresses });

test.each([
  ["a private address", ["10.0.0.1"]],
  ["a private one among public ones", ["8.8.8.8", "127.0.0.1"]],
  ["a mapped one", ["::ffff:10.0.0.1"]],
  ["something that is no address", ["not-an-address"]],
])("refuses a name that leads to %s", async (_what, addresses) => {
  await expect(named(addresses)).rejects.toThrow("webhook target refused: private");
});

test("refuses a name that leads nowhere", async () => {
  await expect(named([])).rejects.toThrow("webhook target refused: name_unknown");
});

test("gives the addresses that were checked", async () => {
  const { addresses, url } = await named(["8.8.8.8", "2606:4700::1111"]);
  expect(addresses).toEqual(["8.8.8.8", "2606:4700::1111"]);
  expect(url.hostname).toBe("example.org");
});

test("an operator may let their own network in, but neither other schemes nor credentials", () => {
  overrideEnv({ WEBHOOK_PRIVATE_TARGETS: "allow" });
  expect(targetFault("http://127.0.0.1:9/")).toBeNull();
  expect(targetFault("http://receiver/")).toBeNull();
  expect(targetFault("ftp://receiver/")).toBe("scheme");
  expect(targetFault("http://a:b@receiver/")).toBe("credentials");
});

test("public addresses are those that the Internet routes", () => {
  expect(["1.1.1.1", "93.184.215.14", "2a00:1450::1"].map(isPublicAddress)).toEqual([true, true, true]);
  expect(["192.0.0.9", "240.0.0.1", "3fff::1", "1::1", "", "x"].map(isPublicAddress)).toEqual(Array(6).fill(false));
});
