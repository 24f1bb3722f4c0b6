// The attributes that the tester sets before a turn: rows of a name and a value.

import { el, icon } from "../shared/dom.js";

const PRIVATE = "x-teller-";

/** An editor inside `fieldset`; `onChange()` follows every edit. */
export function createAttributes(fieldset, what, onChange) {
  const rows = el("div", { class: "attribute-rows" });
  const note = el("p", { class: "attribute-note", role: "status" });
  const add = el(
    "button",
    { class: "small-button", type: "button", onClick: () => addRow().querySelector("input").focus() },
    icon("new"),
    `Add a ${what} attribute`,
  );
  fieldset.append(rows, note, add);

  function changed() {
    const reserved = pairs().some(([name]) => name.toLowerCase().startsWith(PRIVATE));
    note.textContent = reserved ? `Names that begin with ${PRIVATE} are the channel's own.` : "";
    onChange();
  }

  function addRow(name = "", value = "") {
    const field = (label, text) => {
      const input = el("input", { type: "text", "aria-label": label, placeholder: label, spellcheck: "false" });
      input.value = text;
      input.addEventListener("input", changed);
      return input;
    };
    const remove = el("button", { class: "small-button", type: "button", "aria-label": "Remove", title: "Remove" }, icon("close"));
    const row = el("div", { class: "attribute-row" }, field(`${what} attribute name`, name), field("value", value), remove);
    remove.addEventListener("click", () => {
      row.remove();
      changed();
      add.focus();
    });
    rows.append(row);
    return row;
  }

  function pairs() {
    return [...rows.children]
      .map((row) => [...row.querySelectorAll("input")].map((input) => input.value))
      .filter(([name]) => name.trim() !== "")
      .map(([name, value]) => [name.trim(), value]);
  }

  return {
    /** The attributes by name; the private ones are left out. */
    read: () => Object.fromEntries(pairs().filter(([name]) => !name.toLowerCase().startsWith(PRIVATE))),
    clear() {
      rows.replaceChildren();
      changed();
    },
  };
}
