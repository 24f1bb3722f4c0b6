// On a narrow page the conversation and the inspector take turns, as two tabs.

import { byId } from "../shared/dom.js";

export function wireSides() {
  const tabs = ["chat", "inspector"].map((name) => [name, byId(`side-${name}`)]);

  function show(side) {
    byId("main").dataset.side = side;
    for (const [name, tab] of tabs) {
      tab.setAttribute("aria-selected", String(name === side));
      tab.tabIndex = name === side ? 0 : -1;
    }
  }

  tabs.forEach(([name, tab], index) => {
    tab.addEventListener("click", () => show(name));
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const [other, otherTab] = tabs[1 - index];
      show(other);
      otherTab.focus();
    });
  });
  show("chat");
  return { show };
}
