// Where the focus goes when the screen changes: to its heading, so that a screen reader says where one is. The heading may come
// later than the screen, when what it shows has been read.
let waiting = false;

export function arrive(): void {
    scrollTo(0, 0);
    waiting = true;
    requestAnimationFrame(focusHeading);
}

/** Called by every heading when it is there. */
export function focusHeading(): void {
    const heading = document.getElementById("page-title");
    if (!waiting || !heading) return;
    waiting = false;
    heading.focus({ preventScroll: true });
}
