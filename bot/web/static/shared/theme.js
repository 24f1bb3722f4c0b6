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

const inEnglish = (other) => `Switch to ${other} theme`;

/**
 * Make `button` flip the theme, and keep its label telling what a press will do: `words(other)`
 * says it of "light" or "dark". Returns how to tell it anew, for a page that changed its language.
 */
export function wireThemeToggle(button, words = inEnglish) {
  const tell = () => {
    const does = words(current() === "dark" ? "light" : "dark");
    button.setAttribute("aria-label", does);
    button.title = does;
    button.dataset.theme = current();
  };
  button.addEventListener("click", () => {
    choose(current() === "dark" ? "light" : "dark");
    tell();
  });
  systemDark.addEventListener("change", tell);
  tell();
  return tell;
}
