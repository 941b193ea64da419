// Runs in each of our areas (gr.HTML, js_on_load): tells Python which button was pressed.
// `element` is the area; `trigger` sends an event to the server.
element.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    trigger("open", { open: opener.dataset.open });
    return;
  }
  const example = event.target.closest("[data-ask]");
  if (example) trigger("ask", { ask: example.dataset.ask });
});
