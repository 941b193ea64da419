// Runs in the chart's area after open.js: tells Python which cell is to be decided, and keeps the
// reader's place when the chart is drawn again.
let cell = null;
let at = { left: 0, top: 0 };
element.addEventListener("click", (event) => {
  const edit = event.target.closest("[data-edit]");
  if (!edit) return;
  element.querySelector(".pa-editing")?.classList.remove("pa-editing");
  edit.closest("td, li").classList.add("pa-editing");
  cell = { key: edit.dataset.edit, document: edit.dataset.document };
  trigger("edit", cell);
});
element.addEventListener("scroll", (event) => {
  if (event.target.matches?.(".pa-matrix")) {
    at = { left: event.target.scrollLeft, top: event.target.scrollTop };
  }
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("#pa-cell")) return;
  event.stopPropagation();
  document.querySelector("#pa-cell-leave").click();
}, true);
watch("value", () => element.querySelector(".pa-matrix")?.scrollTo(at.left, at.top));
// Whoever has decided a cell, or left it, stays where he was.
document.addEventListener("pa-decided", () => setTimeout(() => {
  if (!cell || document.querySelector("#pa-cell")?.offsetParent) return;
  element.querySelector(".pa-editing")?.classList.remove("pa-editing");
  [...element.querySelectorAll("[data-edit]")]
    .find((b) => b.dataset.edit === cell.key && b.dataset.document === cell.document)
    ?.focus({ preventScroll: true });
}, 100));
