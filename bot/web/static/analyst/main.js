// The channel: asks for what is new, draws it, and sends what a person does.

import { byId, el, initials } from "../shared/dom.js";
import { drawn } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

let state = { version: -1, people: [], messages: [] };
const nameOf = (id) => state.people.find((one) => one.id === id)?.name ?? "Teller";
const me = () => byId("me").value;

async function post(path, body) {
  const answer = await fetch(`/analyst/api/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

function rich(text) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, nameOf) : drawn(text.text);
}

function asked({ title, text, confirm, deny }) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title.text;
  byId("confirm-text").replaceChildren(...rich(text));
  byId("confirm-yes").textContent = confirm.text;
  byId("confirm-no").textContent = deny.text;
  dialog.showModal();
  return new Promise((resolve) => {
    byId("confirm-yes").onclick = () => dialog.close("yes");
    byId("confirm-no").onclick = () => dialog.close("no");
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
  });
}

function button(message, block, { text, style, action_id: id, value, confirm }) {
  const onClick = async (event) => {
    const pressed = event.currentTarget;
    if (confirm && !(await asked(confirm))) return;
    pressed.disabled = true;
    const action = { action_id: id, block_id: block.block_id ?? "", value };
    await post("press", { user: me(), channel: message.channel, ts: message.ts, action });
    pressed.disabled = false;
  };
  const kind = `slack-button ${style ?? ""}`.trim();
  return el("button", { type: "button", class: kind, "data-action": id, onClick }, text.text);
}

const DRAW = {
  header: (_, { text }) => el("h2", {}, ...drawn(text.text)),
  divider: () => el("hr"),
  context: (_, { elements }) =>
    el("div", { class: "context" }, ...elements.map((one) => el("span", {}, ...rich(one)))),
  actions: (message, block) =>
    el("div", { class: "actions" }, ...block.elements.map((one) => button(message, block, one))),
  section(message, block) {
    const fields = block.fields?.map((one) => el("div", { class: "text" }, ...rich(one)));
    const text = block.text ? el("div", { class: "text" }, ...rich(block.text)) : null;
    const beside = block.accessory ? button(message, block, block.accessory) : null;
    const first = text || beside ? el("div", { class: "section" }, text, beside) : null;
    const rows = fields ? el("div", { class: "fields" }, ...fields) : null;
    return first && rows ? el("div", {}, first, rows) : (first ?? rows);
  },
};

function replies(message) {
  const lines = state.messages
    .filter((one) => one.thread_ts === message.ts)
    .map((one) => el("p", {}, el("strong", {}, nameOf(one.user)), " ", ...mrkdwn(one.text, nameOf)));
  const input = el("input", { placeholder: "Reply in thread", "aria-label": "Reply in thread", maxlength: 3000 });
  const onSubmit = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    await post("say", { user: me(), channel: message.channel, thread: message.ts, text });
  };
  const send = el("button", { class: "slack-button", type: "submit" }, "Send");
  return el("div", { class: "thread" }, ...lines, el("form", { class: "reply", onSubmit }, input, send));
}

function draw(message) {
  const name = nameOf(message.user);
  const at = new Date(Number(message.ts) * 1000).toLocaleTimeString();
  const blocks = message.blocks.map((block) => DRAW[block.type]?.(message, block) ?? null);
  const body = blocks.length ? blocks : [el("div", { class: "text" }, ...mrkdwn(message.text, nameOf))];
  const seen = message.only_for ? el("p", { class: "private" }, "Only visible to you") : null;
  return el(
    "article",
    { class: "message", "data-ts": message.ts },
    el("div", { class: "face", "aria-hidden": "true" }, initials(name)),
    el(
      "div",
      {},
      el("p", {}, el("span", { class: "who" }, name), el("span", { class: "app" }, "APP"), " ", el("span", { class: "when" }, at)),
      seen,
      ...body,
      message.only_for ? null : replies(message),
    ),
  );
}

// What is being written in threads, and where: drawing anew must not take it, or the caret, away.
function drafts() {
  const fields = [...document.querySelectorAll(".reply input")];
  return fields
    .filter((field) => field.value || field === document.activeElement)
    .map((field) => ({
      ts: field.closest(".message").dataset.ts,
      text: field.value,
      at: [field.selectionStart, field.selectionEnd],
      focused: field === document.activeElement,
    }));
}

function restore(written) {
  for (const { ts, text, at, focused } of written) {
    const field = document.querySelector(`.message[data-ts="${ts}"] .reply input`);
    if (!field) continue;
    field.value = text;
    if (!focused) continue;
    field.focus({ preventScroll: true });
    field.setSelectionRange(...at);
  }
}

function show() {
  const chosen = me();
  const written = drafts();
  byId("me").replaceChildren(
    ...state.people.map((one) => el("option", { value: one.id }, `${one.name} (${one.title})`)),
  );
  if (chosen) byId("me").value = chosen;
  byId("faults").value = state.faults.mode;
  const shown = state.messages.filter((one) => !one.thread_ts && (!one.only_for || one.only_for === me()));
  byId("messages").replaceChildren(...shown.map(draw));
  byId("empty").hidden = shown.length > 0;
  restore(written);
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/analyst/api/state?after=${state.version}`);
      const next = await answer.json();
      if (next.version !== state.version) {
        state = next;
        show();
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

byId("me").addEventListener("change", show);
byId("faults").addEventListener("change", (event) => post("faults", { mode: event.target.value }));
follow();
