// The list of turns: what was said, what was answered, and a line that opens the inspector.

import { el, icon } from "../shared/dom.js";

const ms = (value) => (value < 10 ? value.toFixed(1) : Math.round(value));

/** What of a turn is worth a line: its intent, what became of it, and how long it took. */
function outcome(turn) {
  const { view } = turn;
  if (view.error) return view.error.split(":")[0];
  const name = view.intent ?? view.operation;
  return view.intentState && view.intentState !== "InProgress" ? `${name}, ${view.intentState}` : name;
}

function cardOf(card, send) {
  const buttons = (card.buttons ?? []).map((button) =>
    el("button", { class: "pill reply", type: "button", disabled: !send, onClick: () => send(button.value) }, button.text),
  );
  return el(
    "div",
    { class: "card" },
    el("p", { class: "card-title" }, card.title),
    card.subtitle ? el("p", { class: "card-subtitle" }, card.subtitle) : null,
    buttons.length ? el("div", { class: "replies" }, ...buttons) : null,
  );
}

function answers(view, send) {
  const messages = view.response?.messages ?? view.messages ?? [];
  const bubbles = messages.map((message) =>
    message.imageResponseCard
      ? cardOf(message.imageResponseCard, send)
      : el("p", { class: "bubble answer" }, message.content ?? ""),
  );
  if (view.error) return [el("p", { class: "bubble refused" }, view.error)];
  if (!bubbles.length) return [el("p", { class: "silent" }, "(no message)")];
  return bubbles;
}

function verdict({ differences, edited }) {
  if (edited) return el("span", { class: "verdict" }, "edited");
  if (!differences) return null;
  const same = differences.length === 0;
  const words = same ? "as before" : `${differences.length} ${differences.length === 1 ? "difference" : "differences"}`;
  return el("span", { class: same ? "verdict" : "verdict differs" }, words);
}

/**
 * `list` shows the turns of one run. `onSelect(index)`, `onSend(text)` from a card's button, and
 * `onEdit(index, text)` when a turn is edited; without the last two it is for reading alone.
 */
export function createTurns(list, { onSelect, onSend, onEdit }) {
  let selected = -1;
  let items = [];

  function edit(item, index, turn) {
    if (item.querySelector(".editor")) return;
    const field = el("textarea", { rows: "2", "aria-label": "Edited message" });
    field.value = turn.said.text;
    const close = () => {
      editor.remove();
      item.querySelector(".edit").focus();
    };
    const editor = el(
      "form",
      { class: "editor" },
      field,
      el("p", { class: "hint" }, index ? `Replays ${index === 1 ? "the turn" : `the ${index} turns`} before it in a fresh session, then sends this.` : "Sends this in a fresh session."),
      el("div", { class: "editor-actions" },
        el("button", { class: "pill", type: "submit" }, "Resend"),
        el("button", { class: "plain-button", type: "button", onClick: close }, "Cancel")),
    );
    editor.addEventListener("click", (event) => event.stopPropagation());
    editor.addEventListener("submit", (event) => {
      event.preventDefault();
      onEdit(index, field.value);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      editor.requestSubmit();
    });
    item.querySelector(".foot").after(editor);
    field.focus();
    editor.scrollIntoView({ block: "nearest" });
  }

  function draw(turn, index, last) {
    const send = onSend && last ? (value) => onSend(value) : null;
    const inspect = el(
      "button",
      { class: "inspect", type: "button", "aria-pressed": "false" },
      el("span", { class: "unseen" }, `Inspect turn ${index + 1}: `),
      el("span", { class: "outcome" }, outcome(turn)),
      el("span", { class: "took" }, `${ms(turn.view.durationMs)} ms`),
    );
    const item = el(
      "li",
      { class: "turn", "data-error": String(Boolean(turn.view.error)) },
      el("p", { class: "bubble said" }, turn.said.text || (turn.view.text === null ? `(${turn.view.operation})` : "(empty)")),
      el("div", { class: "stack" }, ...answers(turn.view, send)),
      el("div", { class: "foot" }, inspect, verdict(turn)),
    );
    if (onEdit) {
      const again = el("button", { class: "small-button edit", type: "button", title: "Edit and resend" }, icon("edit"), "Edit and resend");
      again.addEventListener("click", (event) => {
        event.stopPropagation();
        edit(item, index, turn);
      });
      item.querySelector(".foot").append(again);
    }
    item.addEventListener("click", (event) => {
      if (!event.target.closest(".reply")) onSelect(index);
    });
    return item;
  }

  function mark() {
    items.forEach((item, index) => {
      item.classList.toggle("selected", index === selected);
      item.querySelector(".inspect").setAttribute("aria-pressed", String(index === selected));
    });
  }

  return {
    /** Show these turns; items that are there already stay, so that a screen reader hears the new. */
    show(turns, { fresh = false } = {}) {
      if (fresh) items = [];
      items.forEach((item) => item.querySelectorAll(".reply").forEach((reply) => (reply.disabled = true)));
      const more = turns.slice(items.length).map((turn, extra) => {
        const index = items.length + extra;
        return draw(turn, index, index === turns.length - 1);
      });
      if (fresh) list.replaceChildren(...more);
      else list.append(...more);
      items = [...items, ...more];
      mark();
      more.at(-1)?.scrollIntoView({ block: "nearest" });
    },
    select(index) {
      selected = index;
      mark();
      items[index]?.scrollIntoView({ block: "nearest" });
    },
  };
}
