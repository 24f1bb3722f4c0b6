// JSON as a developer reads it: indented, coloured by kind, folded by default, with a copy button.

import { el, icon } from "../shared/dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu;

/** The text of `value` in spans by kind: names, strings, and all other values. */
function coloured(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(at, match.index));
    const kind = match[2] ? "name" : match[1] ? "string" : "value";
    parts.push(el("span", { class: `json-${kind}` }, match[1] ?? match[0]), match[2] ?? "");
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}

async function copy(text, button) {
  const label = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = "Copied";
  } catch {
    label.textContent = "Not allowed";
  }
  setTimeout(() => (label.textContent = "Copy"), 1500);
}

/** A fold titled `title` around `value`; its text is built when it is first opened. */
export function jsonView(title, value, { open = false } = {}) {
  const text = JSON.stringify(value, null, 2) ?? "null";
  const pre = el("pre", { class: "json", tabindex: "0", "aria-label": title });
  const button = el("button", { class: "small-button copy", type: "button", "aria-label": `Copy: ${title}` }, icon("copy"), el("span", { role: "status" }, "Copy"));
  button.addEventListener("click", () => copy(text, button));
  const fold = el("details", { class: "json-fold" }, el("summary", {}, title), el("div", { class: "json-body" }, button, pre));
  const fill = () => {
    if (fold.open && !pre.hasChildNodes()) pre.append(...coloured(text));
  };
  fold.addEventListener("toggle", fill);
  fold.open = open;
  fill();
  return fold;
}
