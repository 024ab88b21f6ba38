#!/usr/bin/env python3
"""Makes an SVG picture from a terminal's screen: tmux capture-pane -e -p | terminal_picture.py > docs/terminal.svg"""
import html
import re
import sys

COLOURS = {30: "#45475a", 31: "#f38ba8", 32: "#a6e3a1", 33: "#f9e2af", 34: "#89b4fa", 35: "#f5c2e7", 36: "#94e2d5", 37: "#cdd6f4"}
CELL, LINE, EDGE = 8.4, 18, 16


def runs(line):
    """The line's pieces with column, colour and weight."""
    column, colour, bold, dim = 0, COLOURS[37], False, False
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", piece)
        if not code:
            if piece:
                yield column, piece, colour, bold, dim
            column += len(piece)
            continue
        for number in [int(n or 0) for n in code.group(1).split(";")]:
            if number == 0:
                colour, bold, dim = COLOURS[37], False, False
            elif number == 1:
                bold = True
            elif number == 2:
                dim = True
            elif number == 39:
                colour = COLOURS[37]
            elif number in COLOURS or number - 60 in COLOURS:
                colour = COLOURS[number if number in COLOURS else number - 60]


def main():
    lines = [re.sub(r"\x1b\(B|\x0f", "", line.rstrip("\n")) for line in sys.stdin]
    while lines and not re.sub(r"\x1b\[[0-9;]*m|[\s│]", "", lines[-1]):
        lines.pop()
    wide = max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)
    width, height = wide * CELL + 2 * EDGE, len(lines) * LINE + 2 * EDGE
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" font-family="monospace" font-size="14">')
    print(f'<rect width="100%" height="100%" rx="8" fill="#1e1e2e"/>')
    for row, line in enumerate(lines):
        for column, text, colour, bold, dim in runs(line):
            if not text.strip():
                continue
            style = (' font-weight="bold"' if bold else "") + (' opacity="0.65"' if dim else "")
            print(f'<text x="{EDGE + column * CELL:.1f}" y="{EDGE + (row + 0.75) * LINE:.1f}" fill="{colour}"{style} xml:space="preserve" '
                  f'textLength="{len(text) * CELL:.1f}">{html.escape(text)}</text>')
    print("</svg>")


main()
