export * from "./accounts.ts";
export * from "./processing.ts";
export * from "./videos.ts";
