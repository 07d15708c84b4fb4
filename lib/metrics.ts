import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

type Metrics = {
  registry: Registry;
  httpRequests: Counter<"route" | "method" | "status">;
  httpSeconds: Histogram<"route" | "method">;
  uploadBytes: Counter;
  mediaBytes: Counter<"kind">;
  steps: Counter<"kind" | "outcome">;
  stepSeconds: Histogram<"kind">;
  workerJobsRunning: Gauge<"lane">;
  recoveredJobs: Counter<"reason">;
  deliveryFlushFaults: Counter;
  viewFlushFaults: Counter;
  storageDifferences: Counter<"what">;
};

const globals = globalThis as typeof globalThis & { kinoraMetrics?: Metrics };

const createUsageMetrics = (registers: Registry[]) => ({
  deliveryFlushFaults: new Counter({
    name: "kinora_delivery_flush_faults_total",
    help: "Times that counted delivery could not be written and waits for the next time.",
    registers,
  }),
  viewFlushFaults: new Counter({
    name: "kinora_view_flush_faults_total",
    help: "Times that reports of players could not be written and wait for the next time.",
    registers,
  }),
  storageDifferences: new Counter({
    name: "kinora_storage_differences_total",
    help: "Differences between the ledger and the storage that the daily comparison found.",
    labelNames: ["what"],
    registers,
  }),
});

const create = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    httpRequests: new Counter({
      name: "kinora_http_requests_total",
      help: "Answered requests.",
      labelNames: ["route", "method", "status"],
      registers,
    }),
    httpSeconds: new Histogram({
      name: "kinora_http_request_seconds",
      help: "Time to the answer's headers.",
      labelNames: ["route", "method"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    uploadBytes: new Counter({ name: "kinora_upload_bytes_total", help: "Bytes received by uploads.", registers }),
    mediaBytes: new Counter({
      name: "kinora_media_bytes_total",
      help: "Bytes delivered from /media and downloads.",
      labelNames: ["kind"],
      registers,
    }),
    steps: new Counter({
      name: "kinora_steps_total",
      help: "Ended attempts of processing steps.",
      labelNames: ["kind", "outcome"],
      registers,
    }),
    stepSeconds: new Histogram({
      name: "kinora_step_seconds",
      help: "Duration of successful processing steps.",
      labelNames: ["kind"],
      buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600],
      registers,
    }),
    workerJobsRunning: new Gauge({
      name: "kinora_worker_jobs_running",
      help: "Jobs running in this worker process.",
      labelNames: ["lane"],
      registers,
    }),
    recoveredJobs: new Counter({
      name: "kinora_recovered_jobs_total",
      help: "Jobs given back to the queue by a sweep or the reconciler.",
      labelNames: ["reason"],
      registers,
    }),
    ...createUsageMetrics(registers),
  };
};

/** This process's metrics; created on first use and shared by all bundles of it. */
export const metrics = (): Metrics => {
  globals.kinoraMetrics ??= create();
  return globals.kinoraMetrics;
};
