// A screen that breaks must not take the others along: it says so, and the ways elsewhere stay.
import { Component, type ComponentChildren } from "preact";
import { Head } from "./bits";
import { t } from "../words";

interface Props {
    /** The address; a new one is a new try. */
    at: string;
    children: ComponentChildren;
}

export class Guard extends Component<Props, { broken: boolean }> {
    override state = { broken: false };

    override componentDidCatch(error: unknown): void {
        console.error(error);
        this.setState({ broken: true });
    }

    override componentDidUpdate(before: Props): void {
        if (this.state.broken && before.at !== this.props.at) this.setState({ broken: false });
    }

    render() {
        if (!this.state.broken) return this.props.children;
        return (
            <div class="page narrow">
                <Head title={t("guard.title")} />
                <div class="card stack">
                    <p>{t("start.failed_next")}</p>
                    <p><button class="button main" type="button" onClick={() => location.reload()}>{t("retry")}</button></p>
                </div>
            </div>
        );
    }
}
