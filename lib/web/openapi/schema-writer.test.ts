import { expect, test } from "vitest";
import { z } from "zod";
import { createSchemaWriter } from "#lib/web/openapi/schema-writer.ts";

const options = z.strictObject({ bitrate: z.string().default("v2") }).meta({ id: "Options" });
const place = z.object({ name: z.string() }).meta({ id: "Place" });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test("what is sent and answered alike has one name", () => {
  const writer = createSchemaWriter({ closedAnswers: false });
  const sent = writer.write(place, "input");
  const answered = writer.write(place, "output");
  const { value, schemas } = writer.settle([sent, answered]);
  expect(value).toEqual([ref("Place"), ref("Place")]);
  expect(Object.keys(schemas)).toEqual(["Place"]);
});

test("defaults need not be sent and always come back: two names, also of what holds them", () => {
  const writer = createSchemaWriter({ closedAnswers: false });
  const job = z.object({ options }).meta({ id: "Job" });
  const { value, schemas } = writer.settle([writer.write(job, "input"), writer.write(job, "output")]);
  expect(value).toEqual([ref("JobInput"), ref("Job")]);
  expect(Object.keys(schemas)).toEqual(["Job", "JobInput", "Options", "OptionsInput"]);
  expect(schemas.JobInput).toMatchObject({ properties: { options: ref("OptionsInput") } });
  expect(schemas.Options).toMatchObject({ required: ["bitrate"] });
  expect(schemas.OptionsInput).not.toHaveProperty("required");
});

test("answers are open for clients and closed for our own tests", () => {
  const written = (closedAnswers: boolean) => {
    const writer = createSchemaWriter({ closedAnswers });
    return writer.settle(writer.write(place, "output")).schemas.Place;
  };
  expect(written(false)).not.toHaveProperty("additionalProperties");
  expect(written(true)).toHaveProperty("additionalProperties", false);
});

test("words for booleans in a query are booleans, and formats need no pattern", () => {
  const writer = createSchemaWriter({ closedAnswers: false });
  expect(writer.write(z.stringbool().optional(), "input")).toEqual({ type: "boolean" });
  expect(writer.write(z.uuid().toLowerCase(), "output")).toEqual({ type: "string", format: "uuid" });
  expect(writer.write(z.number().int(), "output")).toEqual({ type: "integer" });
});
