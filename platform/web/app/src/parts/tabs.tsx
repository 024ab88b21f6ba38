// Tabs as the ARIA practices want them: one stop for the Tab key, arrows between them.
import { normalizeProps, useMachine } from "@zag-js/preact";
import * as machine from "@zag-js/tabs";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface Tab {
    value: string;
    label: ComponentChildren;
    content: () => ComponentChildren;
}

export function Tabs({ tabs, value, choose, label }: { tabs: Tab[]; value: string; choose: (value: string) => void; label: string }) {
    const service = useMachine(machine.machine, { id: useId(), value, onValueChange: (details: { value: string }) => choose(details.value), activationMode: "manual" });
    const api = machine.connect(service, normalizeProps);
    return (
        <div {...api.getRootProps()}>
            <div class="tabs" {...api.getListProps()} aria-label={label}>
                {tabs.map((tab) => <button key={tab.value} type="button" {...api.getTriggerProps({ value: tab.value })}>{tab.label}</button>)}
            </div>
            {tabs.map((tab) => (
                <div key={tab.value} {...api.getContentProps({ value: tab.value })} tabIndex={undefined}>
                    {tab.value === value && tab.content()}
                </div>
            ))}
        </div>
    );
}
