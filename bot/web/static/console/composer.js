// Where the tester writes a message and sets the attributes that go with it.

import { byId } from "../shared/dom.js";
import { createAttributes } from "./attributes.js";

/** `onSend(said)` gets {text, sessionAttributes, requestAttributes}. */
export function createComposer(onSend) {
  const form = byId("composer");
  const field = byId("say");
  const count = byId("attributes-count");
  let waiting = false;

  const session = createAttributes(byId("session-attributes"), "session", tellCount);
  const request = createAttributes(byId("request-attributes"), "request", tellCount);

  function tellCount() {
    const set = [session, request].flatMap((each) => Object.keys(each.read())).length;
    count.textContent = String(set);
    count.hidden = set === 0;
  }

  function fit() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  function said(text) {
    const given = session.read();
    return {
      text,
      sessionAttributes: Object.keys(given).length ? given : null,
      requestAttributes: request.read(),
    };
  }

  field.addEventListener("input", fit);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (waiting) return;
    const text = field.value;
    field.value = "";
    fit();
    onSend(said(text));
  });

  return {
    said,
    wait(isWaiting) {
      waiting = isWaiting;
      byId("send").disabled = isWaiting;
    },
    /** The session holds its attributes from now on; request attributes are the turn's own. */
    sent() {
      session.clear();
      request.clear();
      byId("before").open = false;
    },
    /** Put back what could not be sent, unless something else is being written already. */
    restore(text) {
      field.value ||= text;
      fit();
    },
    focus: () => field.focus(),
  };
}
