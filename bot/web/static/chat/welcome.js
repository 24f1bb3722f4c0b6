// The sign-in screen: the people of the demonstration bank, and a door for everybody else.

import { byId, el, initials } from "../shared/dom.js";
import { demo } from "./api.js";
import { words } from "./language.js";

const HUES = 6;

/**
 * `onChoose(customerId | null)` opens a session; while it runs the doors are shut, and what it
 * throws is shown in the notice.
 */
export function createWelcome(onChoose) {
  const screen = byId("welcome");
  const notice = byId("notice");
  const people = byId("people");
  const anonymous = byId("ask-anonymously");

  function tell(message) {
    notice.textContent = message ?? "";
    notice.hidden = !message;
  }

  async function choose(door, customerId) {
    if (screen.getAttribute("aria-busy") === "true") return;
    screen.setAttribute("aria-busy", "true");
    door.classList.add("opening-door");
    tell(null);
    try {
      await onChoose(customerId);
    } catch (failure) {
      tell(failure.message);
      door.focus();
    } finally {
      screen.removeAttribute("aria-busy");
      door.classList.remove("opening-door");
    }
  }

  function door(person, place) {
    const button = el(
      "button",
      { class: "person", type: "button", "data-customer": person.id },
      face(person.name, place),
      el(
        "span",
        { class: "person-words" },
        el("span", { class: "person-name" }, person.name),
        // The bank wrote it, in English.
        el("span", { class: "person-life", lang: "en" }, person.description),
      ),
    );
    button.addEventListener("click", () => choose(button, person.id));
    return el("li", {}, button);
  }

  function showPeople(list) {
    byId("people-area").hidden = list.length === 0;
    byId("small-print").hidden = list.length === 0;
    people.replaceChildren(...list.map(door));
  }

  async function loadPeople() {
    try {
      showPeople((await demo())?.customers ?? []);
    } catch (failure) {
      showPeople([]);
      tell(`${failure.message} `);
      notice.append(el("button", { class: "pill", type: "button", onClick: again }, words("tryAgain")));
    }
  }

  async function again() {
    tell(null);
    await loadPeople();
    byId("welcome-title").focus();
  }

  anonymous.addEventListener("click", () => choose(anonymous, null));

  return {
    /** Show the screen, with a word on why if there is one; `focus` when somebody left a chat. */
    async show({ message = null, focus = false } = {}) {
      screen.hidden = false;
      tell(message);
      if (focus) byId("welcome-title").focus();
      if (!people.childElementCount) await loadPeople();
    },
    hide() {
      screen.hidden = true;
    },
  };
}

/** A coloured disc with initials; `place` picks one of the colours. */
function face(name, place) {
  const hue = String(place % HUES);
  return el("span", { class: "face", "data-hue": hue, "aria-hidden": "true" }, initials(name));
}
