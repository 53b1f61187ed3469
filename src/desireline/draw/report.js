// What a script adds to the report: tips beside the pointer, keys for the map's views, tables that sort. Nothing needs it.
"use strict";

const tip = document.body.appendChild(Object.assign(document.createElement("div"), { className: "tip", hidden: true }));
tip.setAttribute("aria-hidden", "true"); // readers have the same words in labels and tables

function showTip(target) {
  tip.textContent = target.dataset.tip;
  tip.hidden = false;
  const box = target.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left + box.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : box.bottom + 8}px`;
}

const hideTip = () => { tip.hidden = true; };
for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  document.addEventListener(on, (event) => {
    const target = event.target.closest?.("[data-tip]");
    if (target) showTip(target);
  });
  document.addEventListener(off, hideTip);
}
document.addEventListener("scroll", hideTip, { capture: true, passive: true });

const views = { 0: "all", 1: "intended", 2: "actual", 3: "difference" };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTip();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input:not([type=radio]), textarea")) return;
  const radio = document.getElementById(`view-${views[event.key]}`);
  if (radio) radio.checked = true;
});

function keyOf(row, column) {
  const cell = row.cells[column];
  const key = cell.dataset.sort ?? cell.textContent.trim();
  const number = Number(key);
  return key !== "" && !Number.isNaN(number) ? number : key;
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b));
}

function sortBy(table, column, head) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => compare(keyOf(a, column), keyOf(b, column)) * (down ? -1 : 1));
  body.append(...rows);
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.classList.contains("wide")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(table, column, head));
    head.append(button);
  });
}
