import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** Case-insensitive text (extension citext). */
export const citext = customType<{ data: string; driverData: string }>({ dataType: () => "citext" });

/** The full number of a transaction. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => "xid8" });

/** Primary key: a uuid v7 made in Node. */
export const id = () => uuid("id").primaryKey();

/** An instant with time zone, as `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

/** `created_at`, set by the database. */
export const createdAt = () => instant("created_at").notNull().defaultNow();

/** `updated_at`, kept by the queries that change the row. */
export const updatedAt = () => instant("updated_at").notNull().defaultNow();
