import { type ExportMachine, performExport } from "#worker/exports/perform-export.ts";
import { task, type WorkerTask } from "#worker/tasks/task.ts";

/** The task that makes sound files, on the given machine. */
export const exportAudioTask = (machine: ExportMachine): WorkerTask =>
  task("exports/audio", ({ exportId }, { signal }) => performExport({ machine, exportId, signal }));
