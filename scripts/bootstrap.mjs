// Plain JavaScript for whatever Node the machine has: it installs the packages and hands over to the pinned Node 24.
// Nothing newer than the check below may stand in this file.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Kinora needs Node 20.19 or newer to start, and this is ${process.versions.node}; see https://nodejs.org/en/download.`,
  );
  process.exitCode = 1;
} else {
  import("./bootstrap-run.mjs").then(({ bootstrap }) => bootstrap(process.argv.slice(2)));
}
