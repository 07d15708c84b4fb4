export * from "./account-exports.ts";
export * from "./accounts.ts";
export * from "./notifications.ts";
export * from "./processing.ts";
export * from "./sessions.ts";
export * from "./sharing.ts";
export * from "./usage.ts";
export * from "./videos.ts";
