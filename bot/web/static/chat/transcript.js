// The conversation on screen: adding to it, scrolling it, and closing questions once answered.

import { byId } from "../shared/dom.js";
import { customerGroup, failure, markChosen, tellerGroup, unmarkChosen } from "./bubbles.js";

const MARGIN_PX = 16;

/** `onReply(value, label, button, spoken)` is called when an open quick reply is pressed. */
export function createTranscript(onReply) {
  const log = byId("transcript");
  const scroller = byId("scroller");
  const typing = byId("typing");

  /** The newest, but never past the top of what was last said: a long answer is read from there. */
  function scroll() {
    const said = [...log.querySelectorAll("[data-from=customer]")].at(-1);
    const above = said ? said.getBoundingClientRect().top - scroller.getBoundingClientRect().top : Infinity;
    scroller.scrollTop = Math.min(scroller.scrollHeight, scroller.scrollTop + above - MARGIN_PX);
  }

  // The composer grows as one writes: what was at the bottom stays in view.
  let height = scroller.clientHeight;
  new ResizeObserver(() => {
    scroller.scrollTop += Math.max(0, height - scroller.clientHeight);
    height = scroller.clientHeight;
  }).observe(scroller);

  function add(group) {
    log.append(group);
    scroll();
    return group;
  }

  return {
    said(text, at, spoken) {
      return add(customerGroup(text, at, spoken));
    },

    /** Show `text` in place of what the customer wrote. */
    reword(group, text) {
      group.querySelector(".bubble").textContent = text;
    },

    answered(messages, at, spoken) {
      return add(tellerGroup(messages, at, onReply, spoken));
    },

    /** Mark a customer's group as not answered. */
    failed(group, message, onRetry) {
      group.dataset.state = "failed";
      group.append(failure(message, onRetry));
      scroll();
    },

    /**
     * Shut every open quick reply, ticking the pressed one. Returns how to undo that, for a turn
     * that did not get through.
     */
    closeReplies(pressed = null) {
      const open = [...log.querySelectorAll(".quick-reply:enabled")];
      open.forEach((button) => (button.disabled = true));
      if (pressed) markChosen(pressed);
      return () => {
        open.forEach((button) => (button.disabled = false));
        if (pressed) unmarkChosen(pressed);
      };
    },

    wait(waiting) {
      typing.hidden = !waiting;
      if (waiting) scroll();
    },

    /** Begin with these entries ({text | messages, at, spoken}), without reading them all out. */
    restore(entries) {
      log.setAttribute("aria-live", "off");
      log.replaceChildren();
      for (const entry of entries) {
        if (entry.text !== undefined) {
          this.closeReplies();
          log.append(customerGroup(entry.text, entry.at, entry.spoken));
        } else {
          log.append(tellerGroup(entry.messages, entry.at, onReply, entry.spoken));
        }
      }
      scroll();
      requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
    },
  };
}
