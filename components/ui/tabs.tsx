"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

/** One tab: its title and what it shows. */
export type Tab = { value: string; label: ReactNode; content: ReactNode };

/** Several views of one thing, one of which shows; arrow keys move between the titles. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <Base.Root defaultValue={tabs[0]?.value}>
    <Base.List aria-label={label} className="flex gap-5 border-b border-line">
      {tabs.map((tab) => (
        <Base.Tab
          key={tab.value}
          value={tab.value}
          className="-mb-px h-10 border-b-2 border-transparent text-14 font-medium text-muted transition-colors hover:text-ink data-[active]:border-ink data-[active]:text-ink"
        >
          {tab.label}
        </Base.Tab>
      ))}
    </Base.List>
    {tabs.map((tab) => (
      <Base.Panel key={tab.value} value={tab.value} className="pt-4 outline-none">
        {tab.content}
      </Base.Panel>
    ))}
  </Base.Root>
);
