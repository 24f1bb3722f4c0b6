// Building elements. Text only ever becomes a text node: nothing here parses HTML.

/**
 * An element with attributes, listeners (`onClick`) and children (nodes or text).
 * Attributes that are null or false are left out; true is an empty attribute.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2).toLowerCase(), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** The element with this id; a page without it is a fault of ours, so it throws. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return found;
}

/** An icon of the shared sprite, silent to screen readers. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `/static/shared/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Up to two initials of a name, for a face without a picture. */
export function initials(name) {
  const words = name.split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""];
  return letters.map((word) => (word ? [...word][0] : "")).join("").toUpperCase();
}

/** Whether typing brings up a keyboard that covers half of the page. */
export function onTouchScreen() {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}
