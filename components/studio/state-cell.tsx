"use client";

import { ChevronDown, FileVideo, FolderOpen, Pause, Play, RotateCcw, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { mayContinue } from "#components/uploader/upload-problem.ts";
import { FailurePanel } from "./failure-panel.tsx";
import { KeptFocus } from "./kept-focus.tsx";
import type { RowActions } from "./row-actions.ts";
import { isInProgress, type RowState } from "./row-state.ts";
import { leastRate, RunSteps, waitsForSpace } from "./run-steps.tsx";
import type { StudioRow } from "./studio-row.ts";
import { useStudioFormat } from "./use-studio-format.ts";

type CellProps = { row: StudioRow; state: RowState; actions: RowActions };

/** One line of words, a thin bar, and at its end what one can do about it. */
const Progress = ({
  label,
  details,
  percent,
  note,
  title,
  badge = null,
  children,
}: {
  label: string;
  details: readonly string[];
  /** 0 to 100; null draws an empty track. */
  percent: number | null;
  note?: string | undefined;
  title: string;
  /** What stands beside the label. */
  badge?: ReactNode;
  children?: ReactNode;
}) => {
  const t = useTranslations("studio");
  const format = useStudioFormat();
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-13">
        <span className="inline-flex items-center gap-2">
          {label}
          {badge}
        </span>
        <span className="tabular text-muted">
          {percent === null ? null : <b className="font-bold">{format.percent(percent)}</b>}
          {details.map((detail, index) => (percent === null && index === 0 ? detail : ` · ${detail}`))}
        </span>
      </div>
      <div className="flex min-h-[18px] items-center gap-1">
        <ProgressBar
          percent={percent ?? 0}
          label={t("progressOf", { title })}
          {...(percent === null
            ? { valueText: details.join(", ") }
            : { valueText: [format.percent(percent), ...details].join(", ") })}
          className="flex-1"
        />
        {children}
      </div>
      {note === undefined ? null : <p className="text-12 text-muted">{note}</p>}
    </div>
  );
};

const useDetails = () => {
  const format = useStudioFormat();
  return ({
    rate,
    speed,
    secondsLeft,
  }: {
    rate?: number | null;
    speed?: number | null;
    secondsLeft: number | null;
  }) => [
    ...(rate === undefined || rate === null || rate < leastRate ? [] : [format.rate(rate)]),
    ...(speed === undefined || speed === null ? [] : [format.speed(speed)]),
    ...(secondsLeft === null ? [] : [format.left(secondsLeft)]),
  ];
};

const iconClass = "-my-1.5 size-[26px]";

const UploadControls = ({ row, state, actions }: CellProps) => {
  const t = useTranslations("studio");
  const { title } = row;
  const isPaused = state.kind === "paused";
  return (
    <span className="-mr-1.5 flex">
      <IconButton
        size="small"
        className={iconClass}
        label={t(isPaused ? "resumeUploadOf" : "pauseUploadOf", { title })}
        onClick={isPaused ? actions.resume : actions.pause}
      >
        {isPaused ? <Play aria-hidden strokeWidth={1.75} /> : <Pause aria-hidden strokeWidth={1.75} />}
      </IconButton>
      <IconButton
        size="small"
        className={iconClass}
        label={t("cancelUploadOf", { title })}
        onClick={actions.cancelUpload}
      >
        <X aria-hidden strokeWidth={1.75} />
      </IconButton>
    </span>
  );
};

/** States of an upload that this page carries. */
const UploadingCell = (props: CellProps) => {
  const t = useTranslations("studio");
  const details = useDetails();
  const { row, state } = props;
  const common = { title: row.title, children: <UploadControls {...props} /> };
  switch (state.kind) {
    case "starting":
      return <Progress {...common} label={t("state.starting")} percent={null} details={[]} />;
    case "paused":
      return <Progress {...common} label={t("state.paused")} percent={state.percent} details={[]} />;
    case "reconnecting":
      return (
        <Progress
          {...common}
          label={t("state.reconnecting")}
          percent={state.percent}
          details={[]}
          note={t("note.reconnecting")}
        />
      );
    case "uploading":
      return (
        <Progress
          {...common}
          label={t("state.uploading")}
          percent={state.percent}
          details={details({ speed: state.bytesPerSecond, secondsLeft: state.secondsLeft })}
        />
      );
    default:
      return null;
  }
};

/** What stands still until a person does something about it. */
const StoppedCell = ({ row, state, actions }: CellProps) => {
  const t = useTranslations("studio");
  const u = useTranslations("uploader");
  const common = useTranslations("common");
  const cancel = (
    <Button size="small" variant="ghost" onClick={actions.cancelUpload}>
      {t("cancelUpload")}
    </Button>
  );
  if (state.kind === "unfinished") {
    return (
      <div className="flex flex-col gap-1.5">
        <Progress
          label={t("state.unfinished")}
          percent={state.percent}
          details={[]}
          note={t("note.unfinished")}
          title={row.title}
        />
        <div className="flex flex-wrap gap-1">
          <Button size="small" onClick={actions.chooseSameFile}>
            <FolderOpen aria-hidden strokeWidth={1.75} />
            {t("chooseFile")}
          </Button>
          {cancel}
        </div>
      </div>
    );
  }
  if (state.kind !== "uploadProblem") return null;
  const { problem } = state;
  const mayTry = mayContinue(problem) || problem === "gone";
  return (
    <FailurePanel title={u(`problem.${problem}.title`)} text={u(`problem.${problem}.text`)}>
      {problem === "session_ended" ? (
        <Button size="small" onClick={actions.signInElsewhere}>
          {common("signIn")}
        </Button>
      ) : null}
      {mayTry ? (
        <Button size="small" onClick={actions.resume}>
          <RotateCcw aria-hidden strokeWidth={1.75} />
          {t(problem === "gone" ? "startOver" : "continueUpload")}
        </Button>
      ) : null}
      {cancel}
    </FailurePanel>
  );
};

const ServerCell = ({ row, state, actions }: CellProps) => {
  const t = useTranslations("studio");
  const common = useTranslations("common");
  const details = useDetails();
  const { title } = row;
  switch (state.kind) {
    case "elsewhere":
      return (
        <Progress
          title={title}
          label={t("state.elsewhere")}
          percent={state.percent}
          details={[]}
          note={t("note.elsewhere")}
        />
      );
    case "received":
      return <Progress title={title} label={t("state.received")} percent={100} details={[]} />;
    case "waiting": {
      const place = state.position === null ? [] : [common("queuePosition", { position: state.position })];
      return (
        <Progress
          title={title}
          label={common("stage.waiting")}
          badge={row.video?.playable ? <PlayableBadge row={row} /> : null}
          percent={null}
          details={[...place, ...details(state)]}
          note={row.video?.progress?.steps.some(waitsForSpace) ? t("steps.waitsForSpace") : undefined}
        >
          <span className="-mr-1.5 flex">
            <CancelButton title={title} onCancel={actions.cancelProcessing} />
          </span>
        </Progress>
      );
    }
    case "processing":
      return <ProcessingCell row={row} state={state} onCancel={actions.cancelProcessing} />;
    case "takenDown":
      return <FailurePanel title={t("state.takenDown")} text={t("note.takenDown", { reason: state.reason })} />;
    case "failed":
      return <FailedCell failure={state.failure} videoId={row.videoId} retry={actions.retry} />;
    default:
      return null;
  }
};

/** The link of a video that plays while its run goes on. */
const PlayableBadge = ({ row }: { row: StudioRow }) => {
  const t = useTranslations("studio.steps");
  return (
    <Link
      href={`/watch/${row.videoId}`}
      aria-label={`${t("playableBadge")}: ${t("watchNow", { title: row.title })}`}
      className="inline-flex items-center gap-1 rounded-xs bg-raised px-1.5 py-0.5 text-12 font-medium hover:bg-hover"
    >
      <Play aria-hidden size={12} strokeWidth={2} className="fill-current text-success" />
      {t("playableBadge")}
    </Link>
  );
};

const CancelButton = ({ title, onCancel }: { title: string; onCancel: () => void }) => {
  const t = useTranslations("studio");
  return (
    <IconButton size="small" className={iconClass} label={t("cancelProcessingOf", { title })} onClick={onCancel}>
      <X aria-hidden strokeWidth={1.75} />
    </IconButton>
  );
};

/** What a run does, with its steps on demand. */
const ProcessingCell = ({
  row,
  state,
  onCancel,
}: {
  onCancel: () => void;
  row: StudioRow;
  state: Pick<Extract<RowState, { kind: "processing" }>, "stage" | "percent" | "speed" | "secondsLeft" | "playable">;
}) => {
  const t = useTranslations("studio.steps");
  const common = useTranslations("common");
  const details = useDetails();
  const [open, setOpen] = useState(false);
  const id = useId();
  const steps = row.video?.progress?.steps ?? [];
  const { title } = row;
  return (
    <div>
      <Progress
        title={title}
        label={common(`stage.${state.stage}`)}
        badge={state.playable ? <PlayableBadge row={row} /> : null}
        percent={state.percent}
        details={details({ rate: state.speed, secondsLeft: state.secondsLeft })}
        note={steps.some(waitsForSpace) ? t("waitsForSpace") : undefined}
      >
        <span className="-mr-1.5 flex">
          {steps.length === 0 ? null : (
            <IconButton
              size="small"
              className={iconClass}
              label={t(open ? "hide" : "show", { title })}
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              onClick={() => setOpen(!open)}
            >
              <ChevronDown
                aria-hidden
                strokeWidth={1.75}
                className={`transition-transform ${open ? "rotate-180" : ""}`}
              />
            </IconButton>
          )}
          <CancelButton title={title} onCancel={onCancel} />
        </span>
      </Progress>
      {open && steps.length > 0 ? <RunSteps id={id} title={title} steps={steps} /> : null}
    </div>
  );
};

const FailedCell = ({
  failure,
  videoId,
  retry,
}: {
  videoId: string | null;
  failure: Extract<RowState, { kind: "failed" }>["failure"];
  retry: () => void;
}) => {
  const t = useTranslations("studio");
  const texts = useTranslations("failures");
  const has = texts.has(`${failure.code}.message`);
  return (
    <FailurePanel
      title={has ? texts(`${failure.code}.message`) : failure.message}
      text={has ? texts(`${failure.code}.hint`) : failure.hint}
    >
      {failure.retryable ? (
        <Button size="small" onClick={retry}>
          <RotateCcw aria-hidden strokeWidth={1.75} />
          {t("retry")}
        </Button>
      ) : videoId === null ? null : (
        <Link href={`/studio/videos/${videoId}#source`} className={buttonClass({ size: "small" })}>
          <FileVideo aria-hidden strokeWidth={1.75} />
          {t("source.replace")}
        </Link>
      )}
    </FailurePanel>
  );
};

const ReadyCell = ({
  state,
  row,
  onCancel,
}: {
  state: Extract<RowState, { kind: "ready" }>;
  row: StudioRow;
  onCancel: () => void;
}) => {
  const t = useTranslations("studio");
  const { improving } = state;
  if (improving !== null)
    return <ProcessingCell row={row} state={{ ...improving, playable: true }} onCancel={onCancel} />;
  return (
    <p className="flex items-center gap-2 text-13">
      <span aria-hidden className="size-[7px] shrink-0 rounded-[50%] bg-success" />
      {t("state.ready", { count: state.qualities })}
    </p>
  );
};

const CellParts = (props: CellProps) => {
  const { state, row } = props;
  if (state.kind === "ready") return <ReadyCell state={state} row={row} onCancel={props.actions.cancelProcessing} />;
  if (state.kind === "unfinished" || state.kind === "uploadProblem") return <StoppedCell {...props} />;
  const ofServer =
    state.kind === "elsewhere" ||
    state.kind === "received" ||
    state.kind === "waiting" ||
    state.kind === "processing" ||
    !isInProgress(state);
  return ofServer ? <ServerCell {...props} /> : <UploadingCell {...props} />;
};

/** Where a video stands, in one cell: progress while it moves, cause and remedy when it does not. */
export const StateCell = (props: CellProps) => (
  <KeptFocus when={props.state.kind}>
    <CellParts {...props} />
  </KeptFocus>
);
