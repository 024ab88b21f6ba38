"""What stands on a terminal: as much of one as the chat makes use of, to see what a person would see."""
import re


class Screen:
    def __init__(self, columns=80, rows=300):
        self.columns, self.cells = columns, [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.full, self.rest = False, ""  # The last column is written, and the next letter goes below; a sequence begun.

    def text(self):
        lines = ["".join(row).rstrip() for row in self.cells]
        while lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines)

    def feed(self, text):
        text, self.rest = self.rest + text, ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self.put(text[at])
                at += 1
                continue
            found = re.compile(r"\x1b(?:\[([?0-9;]*)([A-Za-z@])|[()][A-Z0-9]|[=>])").match(text, at)
            if not found:
                self.rest = text[at:]
                return
            if found[2]:
                self.obey(found[2], int(found[1]) if found[1].isdigit() else None)
            at = found.end()

    def put(self, letter):
        if letter == "\r":
            self.column, self.full = 0, False
        elif letter == "\n":
            self.row, self.full = self.row + 1, False
        elif letter == "\b":
            self.column, self.full = max(0, self.column - 1), False
        elif letter >= " ":
            if self.full:
                self.row, self.column, self.full = self.row + 1, 0, False
            self.cells[self.row][self.column] = letter
            self.full = self.column == self.columns - 1
            self.column = min(self.column + 1, self.columns - 1)

    def obey(self, what, count):
        line, many = self.cells[self.row], count or 1
        if what in "ABCDGJKP@":
            self.full = False
        if what in "AB":
            self.row = max(0, self.row + (many if what == "B" else -many))
        elif what in "CD":
            self.column = min(self.columns - 1, max(0, self.column + (many if what == "C" else -many)))
        elif what == "G":
            self.column = many - 1
        elif what in "KJ":
            line[self.column:] = [" "] * (self.columns - self.column)
            for below in range(self.row + 1, len(self.cells) if what == "J" else 0):
                self.cells[below] = [" "] * self.columns
        elif what == "P":
            line[self.column:] = line[self.column + many:] + [" "] * min(many, self.columns - self.column)
        elif what == "@":
            line[self.column:] = ([" "] * many + line[self.column:])[:self.columns - self.column]
