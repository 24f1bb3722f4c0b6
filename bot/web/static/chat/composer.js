// Where the customer writes: Enter sends, Shift+Enter breaks the line, 1024 characters at most.

import { byId } from "../shared/dom.js";
import { onLanguage, words } from "./language.js";

const LONGEST = 1024;
const COUNT_FROM = 900;

/** The length as Lex counts it: an emoji is one character, whatever JavaScript thinks. */
function lengthOf(text) {
  return [...text].length;
}

/** `onSend(text)` gets trimmed text that is neither empty nor too long. */
export function createComposer(onSend, announce) {
  const form = byId("composer");
  const field = byId("say");
  const button = byId("send");
  const counter = byId("counter");
  let waiting = false;
  let wasOver = false;

  function fit() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  function refresh() {
    const length = lengthOf(field.value.trim());
    const left = LONGEST - length;
    const over = left < 0;
    counter.hidden = length < COUNT_FROM;
    counter.textContent = words(over ? "tooMany" : "left", { count: Math.abs(left) });
    counter.classList.toggle("over", over);
    field.setAttribute("aria-invalid", String(over));
    button.disabled = waiting || over || length === 0;
    if (over !== wasOver) {
      announce(over ? words("tooLong", { count: LONGEST }) : words("shortEnough"));
    }
    wasOver = over;
    fit();
  }

  function submit() {
    if (button.disabled) return;
    const text = field.value.trim();
    field.value = "";
    refresh();
    onSend(text);
  }

  onLanguage(refresh);
  field.addEventListener("input", refresh);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    field.focus();
    submit();
  });

  return {
    /** While an answer is awaited, one may write but not send. */
    wait(isWaiting) {
      waiting = isWaiting;
      refresh();
    },
    clear() {
      field.value = "";
      refresh();
    },
    focus() {
      field.focus();
    },
    focused() {
      return document.activeElement === field;
    },
  };
}
