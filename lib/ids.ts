import { v7 } from "uuid";
import { z } from "zod";

/** A new uuid v7 (RFC 9562): sorts by time of creation, so that indexes on it grow at one end. */
export const newId = (): string => v7();

/** Any uuid, as it appears in addresses and payloads; small letters, since keys and job names are made of it. */
export const idSchema = z.uuid().toLowerCase();
