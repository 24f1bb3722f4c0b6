// The light and dark toggle: the system's preference until somebody chooses.

const KEY = "teller.theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function current() {
  return document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light");
}

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Not remembered then, but it holds for this visit.
  }
}

/** Make `button` flip the theme, and keep its label telling what a press will do. */
export function wireThemeToggle(button) {
  const tell = () => {
    const other = current() === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", `Switch to ${other} theme`);
    button.title = `Switch to ${other} theme`;
    button.dataset.theme = current();
  };
  button.addEventListener("click", () => {
    choose(current() === "dark" ? "light" : "dark");
    tell();
  });
  systemDark.addEventListener("change", tell);
  tell();
}
