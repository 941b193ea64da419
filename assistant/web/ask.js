// Runs in the conversation's area after open.js: tells Python that an example is asked, or that
// a question is asked again with one of its filters switched.
element.addEventListener("click", (event) => {
  const example = event.target.closest("[data-ask]");
  if (example) trigger("submit", { ask: example.dataset.ask });
  const filter = event.target.closest("[data-limit]");
  if (filter) trigger("submit", { limit: filter.dataset.limit, key: filter.dataset.key });
});
