
// Sorts the table of all runs by the column whose heading is pressed; the page reads without it.
for (const head of document.querySelectorAll(".sortable thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  head.replaceChildren(button);
  button.onclick = () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const text = row => row.cells[head.cellIndex].textContent.replace(/\u2212/g, "-");
    const number = s => s === "\u221e" ? Infinity : s === "-\u221e" ? -Infinity : s === "" ? NaN : Number(s);
    const rows = [...body.rows].map(row => ({ row, s: text(row), n: number(text(row)) }));
    // Numbers before texts, whichever way; dashes last.
    rows.sort((a, b) => isNaN(a.n) - isNaN(b.n) || (up ? 1 : -1)
      * (isNaN(a.n) ? a.s.localeCompare(b.s) : a.n < b.n ? -1 : a.n > b.n ? 1 : 0));
    body.append(...rows.map(r => r.row));
  };
}
