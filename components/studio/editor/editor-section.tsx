import type { ReactNode } from "react";

/** A part of the editor that saves by itself, below the form: its name, what it is for, and its controls. */
export const EditorSection = (input: { id: string; title: string; about: string; children: ReactNode }) => (
  <section
    id={input.id}
    aria-labelledby={`${input.id}-title`}
    className="flex scroll-mt-32 flex-col gap-4 border-t border-line pt-6"
  >
    <div className="flex flex-col gap-1">
      <h2 id={`${input.id}-title`} className="text-15 font-bold">
        {input.title}
      </h2>
      <p className="text-13 text-muted">{input.about}</p>
    </div>
    {input.children}
  </section>
);
