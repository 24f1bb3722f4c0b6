// The pieces of a conversation as elements: bubbles, cards, quick replies, times.

import { el, icon } from "../shared/dom.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

function time(at) {
  const moment = new Date(at);
  return el("time", { class: "time", datetime: moment.toISOString() }, clock.format(moment));
}

function bubble(text) {
  return el("p", { class: "bubble" }, text);
}

/** What the customer said at `at` (milliseconds). */
export function customerGroup(text, at) {
  return el(
    "div",
    { class: "group", "data-from": "customer", tabindex: -1 },
    el("span", { class: "unseen" }, "You said:"),
    el("div", { class: "stack" }, bubble(text)),
    time(at),
  );
}

/** What Teller answered at `at`; pressing a quick reply calls `onReply(value, label)`. */
export function tellerGroup(messages, at, onReply) {
  const pieces = messages.map((message) => piece(message, onReply));
  return el(
    "div",
    { class: "group", "data-from": "teller" },
    el("img", { class: "avatar", src: "/static/shared/logo.svg", alt: "", width: 28, height: 28 }),
    el("span", { class: "unseen" }, "Teller said:"),
    el("div", { class: "stack" }, ...(pieces.length ? pieces : [silence()])),
    time(at),
  );
}

function piece(message, onReply) {
  if (message.contentType === "ImageResponseCard") return card(message.imageResponseCard, onReply);
  if (message.contentType === "Link") return file(message);
  return bubble(message.content);
}

function silence() {
  return el("p", { class: "bubble silent" }, "There was no answer to that. Try other words.");
}

function card({ title, subtitle, imageUrl, buttons }, onReply) {
  return el(
    "div",
    { class: "card", role: "group", "aria-label": title },
    picture(imageUrl),
    el("p", { class: "card-title" }, title),
    subtitle ? el("p", { class: "card-subtitle" }, subtitle) : null,
    buttons.length ? quickReplies(buttons, onReply) : null,
  );
}

/**
 * A file to fetch. The channel has let only the bank's own addresses through; whatever it lets
 * through, nothing but the web's own schemes is ever followed.
 */
function file({ title, content }) {
  const url = URL.parse(content);
  const plain = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  if (url?.protocol !== "https:" && !plain) return bubble(content);
  return el(
    "div",
    { class: "card", role: "group", "aria-label": title },
    el("p", { class: "card-title" }, title),
    el(
      "a",
      { class: "pill file-link", href: url.href, target: "_blank", rel: "noopener noreferrer" },
      icon("save"),
      "Download",
      el("span", { class: "unseen" }, ` ${title}, in a new tab`),
    ),
  );
}

/** Only our own pictures: one from elsewhere would tell its host who reads this, and when. */
function picture(address) {
  const url = address && URL.parse(address, location.href);
  if (!url || url.origin !== location.origin) return null;
  return el("img", { class: "card-picture", src: url.href, alt: "" });
}

function quickReplies(buttons, onReply) {
  const row = el("div", { class: "replies" });
  for (const { text, value } of buttons) {
    const button = el("button", { class: "pill quick-reply", type: "button" }, text);
    button.addEventListener("click", () => onReply(value, text, button));
    row.append(button);
  }
  return row;
}

/** Under a message that did not get through; `onRetry` is null when trying again is no use. */
export function failure(message, onRetry) {
  const words = el("span", {}, `Not answered. ${message}`);
  if (!onRetry) return el("p", { class: "failure" }, words);
  const retry = el("button", { class: "plain-button retry", type: "button" }, icon("again"), "Try again");
  retry.addEventListener("click", onRetry);
  return el("p", { class: "failure" }, words, retry);
}

/** Put a tick on the quick reply that was pressed. */
export function markChosen(button) {
  button.classList.add("chosen");
  button.prepend(icon("chosen"), el("span", { class: "unseen" }, "Chosen: "));
}

/** Take the tick off again: that reply did not get through. */
export function unmarkChosen(button) {
  button.classList.remove("chosen");
  button.querySelectorAll(".icon, .unseen").forEach((mark) => mark.remove());
}
