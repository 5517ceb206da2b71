"""The table that tools/bench prints."""


class Table:
    """Rows of text; widths follow the content."""

    HEADER = ("what", "measured", "yardstick in this run", "ratio", "goal", "")

    def __init__(self):
        self.rows = []

    def add(self, what: str, measured: str, yardstick: str = "", ratio: str = "", goal: str = "", reached=None) -> None:
        verdict = "" if reached is None else ("reached" if reached else "NOT REACHED")
        self.rows.append((what, measured, yardstick, ratio, goal, verdict))

    def __str__(self) -> str:
        rows = [self.HEADER, *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(self.HEADER))]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
