// A titled section of the inspector.

import { el } from "../shared/dom.js";

/** The section; null when there is nothing to put in it. */
export function panel(title, note, ...children) {
  const shown = children.filter(Boolean);
  if (!shown.length) return null;
  return el(
    "section",
    { class: "panel" },
    el("h3", {}, title, note ? el("span", { class: "panel-note" }, note) : null),
    ...shown,
  );
}
