// Runs in each of our areas (gr.HTML, js_on_load): tells Python which button was pressed.
// `element` is the area; `trigger` sends an event to the server.
let pressed = null;
element.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    trigger("open", { open: opener.dataset.open });
    return;
  }
  const mark = event.target.closest("[data-mark]");
  if (mark) {
    pressed = mark;
    trigger("mark", { mark: mark.dataset.mark, said: mark.dataset.said });
    return;
  }
  const example = event.target.closest("[data-ask]");
  if (example) trigger("ask", { ask: example.dataset.ask });
});
// What is no button, as in a picture, hears the keys of one here.
element.addEventListener("keydown", (event) => {
  const opener = event.target.closest("[data-open]:not(button)");
  if (!opener || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  trigger("open", { open: opener.dataset.open });
});
// A mark draws the list anew: whoever marks with the keyboard stays where he was.
new MutationObserver(() => {
  if (!pressed || pressed.isConnected) return;
  const { mark, said } = pressed.dataset;
  const again = [...element.querySelectorAll("[data-mark]")].find(
    (button) => button.dataset.mark === mark && button.dataset.said === said,
  );
  pressed = null;
  if (document.activeElement === document.body) again?.focus({ preventScroll: true });
}).observe(element, { childList: true, subtree: true });
