// Runs once for the page: light and dark, and where the window looks. Needs no other script.
(() => {
  const KEY = "prior-art-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be forbidden; the browser's own preference counts then
    }
  };
  const apply = () => {
    const dark = (chosen() ?? (system.matches ? "dark" : "light")) === "dark";
    document.body.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  };
  const switchTheme = () => {
    const next = document.body.classList.contains("dark") ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch {
      document.body.classList.toggle("dark", next === "dark");
      return;
    }
    apply();
  };
  // Gradio sets the class by itself while it starts, and again when the system changes.
  const keepTheme = () => {
    new MutationObserver(() => {
      const theme = chosen();
      if (theme && document.body.classList.contains("dark") !== (theme === "dark")) apply();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    system.addEventListener("change", () => setTimeout(apply, 0));
    apply();
  };

  let opened = null; // the button that opened the panel
  document.addEventListener("click", (event) => {
    if (event.target.closest(".pa-theme")) switchTheme();
    switched = event.target.closest("[data-limit]")?.dataset.key ?? null;
    const opener = event.target.closest("[data-open]");
    if (!opener) return;
    if (opener.dataset.open) {
      opened = opener;
    } else if (opened?.isConnected) {
      opened.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector(".pa-close")?.click();
  });

  // A new panel begins at its top; where it stands below the page, the window goes there.
  let shown = null;
  const showPanel = () => {
    const side = document.getElementById("pa-side");
    const panel = side?.querySelector(".pa-panel");
    const key = panel && panel.dataset.panel + (panel.querySelector("mark")?.textContent ?? "");
    if (key && key !== shown) {
      if (getComputedStyle(side).position === "sticky") side.scrollTop = 0;
      else side.scrollIntoView({ block: "start" });
    }
    shown = key;
  };
  // A question just asked comes to the window's top, and its answer grows below it. One asked
  // again with another filter stays where it is, and the reader on the filter's button.
  let asked = null;
  let switched = null;
  const showQuestion = () => {
    const turn = document.querySelector("#pa-current article");
    if (!turn || turn.dataset.turn === asked) return;
    asked = turn.dataset.turn;
    if (switched === null) {
      const first = document.querySelector("#pa-chat article") === turn;
      if (!first) turn.scrollIntoView({ block: "start" });
    } else {
      turn.querySelector(`[data-key="${CSS.escape(switched)}"]`)?.focus({ preventScroll: true });
    }
    switched = null;
  };
  // Gradio's own buttons of the question boxes are pictures without a name.
  const NAMES = { "submit-button": "Send", "stop-button": "Stop" };
  const nameButtons = () => {
    for (const [css, name] of Object.entries(NAMES)) {
      for (const button of document.querySelectorAll(`#pa-work .${css}:not([aria-label])`)) {
        button.setAttribute("aria-label", name);
      }
    }
  };
  // A session that has ended is not met with errors, but with the page to sign in.
  const fetched = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await fetched(...asked);
    if (answer.status === 401) window.location.assign("/sign-in");
    return answer;
  };
  const start = () => {
    keepTheme();
    const watch = new MutationObserver(() => {
      showPanel();
      showQuestion();
      nameButtons();
    });
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
