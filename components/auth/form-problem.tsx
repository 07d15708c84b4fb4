import { CircleAlert } from "lucide-react";

/** What is wrong with the form as a whole; read out as soon as it stands there. */
export const FormProblem = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p
      role="alert"
      tabIndex={-1}
      className="flex items-start gap-2 rounded-control bg-danger-ground px-3 py-2.5 text-14 text-danger outline-none"
    >
      <CircleAlert aria-hidden size={18} strokeWidth={1.75} className="mt-px shrink-0" />
      {text}
    </p>
  );
