// Who may import whom. The table stands in docs/architecture.md; every rule here is one of its lines.
// Run by scripts/validate.ts, which also fails when fewer modules were read than there are TypeScript files.

const domains =
  "^lib/(accounts|videos|uploads|playback|processing|notifications|packaging|exports|captions|chapters|watermarks|search|library|comments|moderation|usage|settings|webhooks|channels|sharing|mail|admin|audit|analytics|labels)/";
/** What leaves a use-case: shapes that browsers may know as types, never as code. */
const shapes = ["^lib/[^/]+/dto\\.ts$", "^lib/[^/]+/[^/]+/dto\\.ts$", "^lib/i18n/locale\\.ts$"];
/** Arithmetic without a package of its own that the encoder and the editor's preview must share. */
const sharedArithmetic = "^lib/media/watermark/watermark-placement\\.ts$";
/** Small modules without rules of their own that every part of lib may use. */
const leaves = "^lib/(env|errors|log|metrics|ids|rate-limits|sign-in-services|watch-launcher)\\.ts$";
const code = "^(app|components|lib|worker|scripts|tests|drizzle)/";
const tests = "\\.test\\.tsx?$";
const fromPackage = (name) => `(^|/)node_modules/${name}/|^${name}(/|$)`;

/** A rule: modules under `from` may import only `may` of our own code. Unit tests may also use the test set-up. */
const mayImportOnly = ({ name, from, may, comment }) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: tests },
  to: { path: code, pathNot: may },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other are one module, or miss a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "Every import leads somewhere.",
      from: {},
      to: { couldNotResolve: true },
    },
    mayImportOnly({
      name: "components",
      comment: "Components know the browser's client of /api/v1 and nothing of the server; of dto files types only.",
      from: "^components/",
      may: ["^components/", "^lib/api-client/", ...shapes, sharedArithmetic],
    }),
    mayImportOnly({
      name: "app",
      comment: "Routes and pages parse and call one use-case.",
      from: "^app/",
      may: ["^app/", "^components/", "^lib/(web|i18n|api-client)/", domains, leaves],
    }),
    {
      name: "shapes-as-types-only",
      comment: "Schemas would drag the server's packages into browsers.",
      severity: "error",
      from: { path: "^(components|lib/api-client)/", pathNot: tests },
      to: { path: shapes, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "app-never-db",
      comment: "No SQL and no jobs in routes and pages.",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^(lib/db|lib/jobs|worker)/" },
    },
    mayImportOnly({
      name: "lib-web",
      comment:
        "The frame around routes knows use-cases, the database's client and what is committed; beyond that only what the limiter and the readiness check ask for.",
      from: "^lib/web/",
      may: [
        "^lib/(web|i18n)/",
        "^lib/db/(client|content-version)\\.ts$",
        "^lib/db/queries/instance/(rate-limits|migration-state)\\.ts$",
        "^lib/storage/index\\.ts$",
        "^drizzle/meta/_journal\\.json$",
        domains,
        leaves,
      ],
    }),
    mayImportOnly({
      name: "lib-domains",
      comment: "Use-cases stand on queries, jobs, storage and media.",
      from: domains,
      may: ["^lib/db/(queries/|client\\.ts$|listen\\.ts$)", "^lib/(jobs|storage|media|i18n)/", domains, leaves],
    }),
    mayImportOnly({
      name: "lib-media",
      comment: "Pure: no file, no process, no clock, nothing of Kinora but its errors.",
      from: "^lib/media/",
      may: ["^lib/media/", "^lib/errors\\.ts$"],
    }),
    {
      name: "lib-media-is-pure",
      comment: "What decides about media reads nothing and starts nothing.",
      severity: "error",
      from: { path: "^lib/media/", pathNot: tests },
      to: { path: "^(node:)?(fs|child_process|net|http|https|os|worker_threads|timers)(/|$)" },
    },
    mayImportOnly({
      name: "lib-ground",
      comment: "Database and storage know nothing above them.",
      from: "^lib/(db|storage)/",
      may: ["^lib/(db|storage)/", leaves],
    }),
    mayImportOnly({
      name: "lib-jobs",
      comment: "Jobs are names and payloads; their handlers live in the worker.",
      from: "^lib/jobs/",
      may: ["^lib/(jobs|db)/", leaves],
    }),
    mayImportOnly({
      name: "lib-i18n",
      comment: "Messages and the choice of a language.",
      from: "^lib/i18n/",
      may: ["^lib/i18n/", leaves],
    }),
    mayImportOnly({
      name: "lib-api-client",
      comment: "Runs in browsers: nothing of the server.",
      from: "^lib/api-client/",
      may: ["^lib/api-client/", ...shapes],
    }),
    mayImportOnly({
      name: "worker",
      comment: "The worker knows all of lib but the web.",
      from: "^worker/",
      may: ["^worker/", "^lib/(?!web/)"],
    }),
    {
      name: "runtime-never-scripts",
      comment: "What runs in production does not lean on scripts and tests.",
      severity: "error",
      from: { path: "^(app|components|lib|worker)/", pathNot: tests },
      to: { path: "^(scripts|tests)/" },
    },
    {
      name: "hls-only-in-player",
      severity: "error",
      comment: "One player.",
      from: { path: code, pathNot: "^components/player/" },
      to: { path: fromPackage("hls\\.js") },
    },
    {
      name: "uppy-only-in-uploader",
      severity: "error",
      comment: "One uploader.",
      from: { path: code, pathNot: "^components/uploader/" },
      to: { path: fromPackage("@uppy") },
    },
    {
      name: "fluent-ffmpeg-only-in-runner",
      severity: "error",
      comment: "One place assembles ffmpeg's command line.",
      from: { path: code, pathNot: "^worker/ffmpeg(-arguments)?\\.ts$" },
      to: { path: fromPackage("fluent-ffmpeg") },
    },
    {
      name: "processes-only-in-runner",
      severity: "error",
      comment: "Two confined runners start processes, of ffmpeg and of the object model; scripts and tests may too.",
      from: {
        path: "^(app|components|lib|worker)/",
        pathNot: ["^worker/(ffmpeg|labels/run-detector)\\.ts$", tests],
      },
      to: { path: "^(node:)?child_process$" },
    },
    {
      name: "next-only-at-the-edge",
      severity: "error",
      comment: "Domain code and the worker run without Next.",
      from: {
        path: "^(lib|worker|scripts)/",
        pathNot: ["^lib/web/", "^lib/i18n/(request|client-messages)\\.ts$", "^lib/api-client/(session|external)\\.ts$"],
      },
      to: { path: [fromPackage("next"), fromPackage("next-auth"), fromPackage("next-intl")] },
    },
    {
      name: "components-little-next",
      severity: "error",
      comment: "Components use Next's links, navigation, images and messages, no server parts.",
      from: { path: "^components/" },
      to: {
        path: [fromPackage("next"), fromPackage("next-auth")],
        pathNot: "(^|/)next/(link|navigation|image|dynamic|form)(\\.js)?$",
      },
    },
    {
      name: "server-only-in-lib-web",
      severity: "error",
      comment: "It throws in plain Node, which runs everything else.",
      from: { path: code, pathNot: "^lib/web/" },
      to: { path: fromPackage("server-only") },
    },
    {
      name: "no-dev-packages-at-run-time",
      severity: "error",
      comment: "A production installation has no development packages.",
      from: { path: "^(app|components|lib|worker)/", pathNot: tests },
      to: { dependencyTypes: ["npm-dev"], pathNot: "(^|/)node_modules/@types/" },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next[^/]*|data)/" },
    enhancedResolveOptions: {
      conditionNames: ["import", "node", "default", "types"],
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css", ".d.ts"],
    },
  },
};
