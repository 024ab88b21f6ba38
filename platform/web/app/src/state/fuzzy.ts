// How well typed letters fit a text: all of them in order, best at the beginnings of words. Null if they do not.
export function fit(typed: string, text: string): number | null {
    const wanted = typed.toLocaleLowerCase();
    const words = text.toLocaleLowerCase();
    const at = words.indexOf(wanted);
    if (at >= 0) return (at === 0 ? 100 : /\s/.test(words[at - 1] ?? "") ? 80 : 60) - text.length / 100;
    let score = 0;
    let from = 0;
    for (const letter of wanted) {
        const found = words.indexOf(letter, from);
        if (found < 0) return null;
        score += found === 0 || /\s/.test(words[found - 1] ?? "") ? 8 : found === from ? 3 : -1;
        from = found + 1;
    }
    return score;
}
