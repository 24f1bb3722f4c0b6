// The path that the dialog took through the definition: places, conditions, hooks, next steps.

import { el } from "../shared/dom.js";
import { panel } from "./panel.js";

const HIDDEN = new Set(["step", "candidates", "slots"]);

const PLACES = {
  Start: "Intent begins",
  Onward: "On to what is open",
  AskSlot: "Ask for a slot",
  SlotsHeard: "Slot values heard",
  SlotMissed: "No value in the reply",
  SlotSettled: "Slot settled",
  Captured: "Slot captured",
  AskConfirmation: "Ask for confirmation",
  Answered: "Yes or no heard",
  ConfirmationMissed: "Neither yes nor no",
  Fulfil: "Fulfilment",
  Closing: "Closing response",
  End: "Intent ends",
  AskIntent: "Ask what they want",
  Follow: "Follow the definition",
  InvokeHook: "Call the code hook",
  Consult: "Consult the hook",
};

const TELL = {
  heard: (step) => ["Heard", `${step.kind}${step.intent ? ` of ${step.intent}` : ""}: ${step.why}`],
  place: (step) => [PLACES[step.at] ?? spaced(step.at), ""],
  hook: (step) => [step.failure ? "Hook failed" : "Hook", [step.source, step.label, step.action ? `→ ${[step.action, step.slot].filter(Boolean).join(" ")}` : null, step.failure].filter(Boolean).join(" ")],
  condition: (step) => [step.holds ? "Condition holds" : "Condition does not hold", `${step.branch}: ${step.expression}`],
  "next step": (step) => ["Next step", [step.action, step.slot, step.intent].filter(Boolean).join(" · ")],
  fault: (step) => ["Fault", step.why],
};

function spaced(name) {
  return name.replace(/([a-z])([A-Z])/gu, (_, before, next) => `${before} ${next.toLowerCase()}`);
}

function others(step) {
  return Object.entries(step)
    .filter(([name, value]) => !HIDDEN.has(name) && value !== null && value !== "")
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}

function told(step) {
  const [title, detail] = TELL[step.step]?.(step) ?? [spaced(step.step), others(step)];
  const tone = step.step === "fault" || step.failure ? "bad" : step.step === "condition" && !step.holds ? "quiet" : null;
  return el("li", { "data-step": step.step, "data-tone": tone },
    el("span", { class: "step-title" }, title.charAt(0).toUpperCase() + title.slice(1)),
    detail ? el("span", { class: "step-detail" }, detail) : null);
}

export function pathPanel(view) {
  if (!view.trace.length) return null;
  return panel("Path of the dialog", `${view.trace.length} steps`, el("ol", { class: "path" }, ...view.trace.map(told)));
}
