import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

/** Scripts, style sheets and pictures of lines; everything else in there is compressed already. */
const worthIt = /\.(?:js|css|svg)$/;

/** What is shorter hardly gets any smaller. */
const leastBytes = 200;

/**
 * Writes a brotli copy, named `….br`, beside every script and style sheet in `folder`: an eighth smaller than what is
 * compressed anew for each visitor, and done once. The web process sends them (`lib/web/brotli-copies.ts`).
 */
export const writeBrotliCopies = async (folder: string): Promise<void> => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => worthIt.test(name));
  const write = async (name: string) => {
    const bytes = await readFile(join(folder, name));
    if (bytes.length < leastBytes) return;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(join(folder, `${name}.br`), await compress(bytes, { params }));
  };
  await Promise.all(names.map(write));
};
