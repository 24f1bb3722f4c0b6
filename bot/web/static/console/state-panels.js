// Panels of what the session holds after the turn: slots, contexts, attributes.

import { el } from "../shared/dom.js";
import { panel } from "./panel.js";

function table(columns, rows) {
  return el(
    "div",
    { class: "table-wrap" },
    el(
      "table",
      { class: "grid" },
      el("thead", {}, el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, ...rows),
    ),
  );
}

function slotRows(name, slot, depth = 0) {
  const head = el("th", { scope: "row", "data-depth": String(depth) }, name);
  if (!slot) return [el("tr", { class: "empty" }, head, el("td", { colspan: "3" }, "not filled"))];
  if (slot.shape === "Composite") {
    const parts = Object.entries(slot.subSlots ?? {}).flatMap(([part, value]) => slotRows(part, value, depth + 1));
    return [el("tr", {}, head, el("td", { colspan: "3" }, "composite")), ...parts];
  }
  if (slot.shape === "List") {
    const values = (slot.values ?? []).flatMap((value, index) => slotRows(`${index + 1}`, value, depth + 1));
    return [el("tr", {}, head, el("td", { colspan: "3" }, "list")), ...values];
  }
  const { originalValue, interpretedValue, resolvedValues } = slot.value ?? {};
  return [
    el("tr", {}, head,
      el("td", {}, originalValue ?? "–"),
      el("td", { class: "strong" }, interpretedValue ?? "–"),
      el("td", {}, resolvedValues?.length ? resolvedValues.join(", ") : "–")),
  ];
}

export function slotsPanel(view) {
  const slots = Object.entries(view.response?.sessionState?.intent?.slots ?? {});
  if (!slots.length) return null;
  const filled = slots.filter(([, slot]) => slot).length;
  return panel(
    "Slots",
    `${filled} of ${slots.length} filled`,
    table(["Slot", "Original", "Interpreted", "Resolved"], slots.flatMap(([name, slot]) => slotRows(name, slot))),
  );
}

export function contextsPanel(view) {
  const contexts = view.response?.sessionState?.activeContexts ?? [];
  if (!contexts.length) return null;
  const rows = contexts.map((context) => {
    const live = context.timeToLive ?? {};
    const held = Object.entries(context.contextAttributes ?? {}).map(([name, value]) => `${name} = ${value}`);
    return el("tr", {},
      el("th", { scope: "row" }, context.name),
      el("td", { class: "number" }, String(live.turnsToLive ?? "–")),
      el("td", { class: "number" }, live.timeToLiveInSeconds === undefined ? "–" : `${live.timeToLiveInSeconds} s`),
      el("td", {}, held.join(", ") || "–"));
  });
  return panel("Active contexts", null, table(["Context", "Turns left", "Time left", "Attributes"], rows));
}

function pairs(title, attributes) {
  const entries = Object.entries(attributes ?? {});
  if (!entries.length) return null;
  return el("div", { class: "pairs" },
    el("h4", {}, title),
    el("dl", {}, ...entries.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
}

export function attributesPanel(view) {
  return panel(
    "Attributes",
    null,
    pairs("Session", view.response?.sessionState?.sessionAttributes),
    pairs("Request, as sent", view.request?.requestAttributes),
    pairs("Request, as answered", view.response?.requestAttributes),
  );
}
