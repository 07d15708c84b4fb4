import { Agent, get } from "node:http";

/** Asks addresses in turn, again and again, on `clients` connections for so many seconds. Gives bytes and answers per second, and answers. */
export const load = async (input: {
  urls: readonly string[];
  clients: number;
  seconds: number;
}): Promise<{ bytesPerSecond: number; requestsPerSecond: number; requests: number }> => {
  const { urls, clients, seconds } = input;
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const until = performance.now() + seconds * 1000;
  let [bytes, requests, asked] = [0, 0, 0];
  const ask = (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const url = urls[asked % urls.length] ?? "";
    asked += 1;
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`GET ${url}: ${response.statusCode}`));
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", resolve);
    }).on("error", reject);
    return promise;
  };
  const client = async () => {
    while (performance.now() < until) {
      await ask();
      requests += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const elapsed = (performance.now() - started) / 1000;
  agent.destroy();
  return { bytesPerSecond: bytes / elapsed, requestsPerSecond: requests / elapsed, requests };
};
