// The telephone that a demonstration shows: texts that would have been sent to a real one. Where
// the bank is real the channel tells of none, and the panel never appears.

import { byId, el } from "../shared/dom.js";
import * as api from "./api.js";

const EVERY_MS = 2000;

const grouped = (number) => number.replace(/(\d{4})(?=\d)/gu, "$1 ");

async function phoneOf() {
  try {
    return (await api.demo())?.phone ?? null;
  } catch {
    return null;
  }
}

/** Show the panel where there is one, and new texts as they come. */
export async function watchPhone() {
  const path = await phoneOf();
  if (!path) return;
  const seen = new Set();
  let isFirst = true;

  function show({ people, messages }) {
    if (isFirst) {
      byId("phone").hidden = false;
      byId("phone-people").replaceChildren(
        ...people.map(({ name, customerNumber }) =>
          el("li", {}, `${name}: `, el("b", {}, grouped(customerNumber))),
        ),
      );
    }
    const fresh = messages.filter(({ id }) => !seen.has(id));
    for (const { id, to, text } of fresh) {
      seen.add(id);
      byId("phone-texts").prepend(el("li", {}, el("b", {}, to), el("span", {}, text)));
    }
    // What was sent before this page opened is there to read, but is no news.
    if (fresh.length && !isFirst) byId("phone-shell").open = true;
    byId("phone-count").textContent = seen.size ? `(${seen.size})` : "";
    isFirst = false;
  }

  async function look() {
    try {
      const response = document.hidden ? null : await fetch(path, { credentials: "omit" });
      if (response?.ok) show(await response.json());
    } catch {
      // The bank is away for a moment; the next look will tell.
    }
    setTimeout(look, EVERY_MS);
  }

  await look();
}
