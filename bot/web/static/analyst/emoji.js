// Slack brings its own emoji; a machine may have no font for them. The desk's are drawn here, one
// picture for each, and are silent to screen readers: the words beside them say the same.

const SPACE = "http://www.w3.org/2000/svg";
const PICTURES = {
  "🔴": "dot red", "🟠": "dot orange", "🟡": "dot yellow", "🟢": "dot green", "⚪": "dot grey",
  "⛔": "no-entry red", "🛑": "stop red", "🎣": "hook", "💳": "card", "🔒": "lock",
  "📏": "ruler", "🙋": "person", "🛠": "tools", "📉": "falling red", "💬": "speech",
  "🗣": "voice", "❄": "snow blue", "⏰": "clock", "⌛": "glass", "📚": "books", "✔": "check green",
  "🎓": "cap",
};
const FOUND = new RegExp(`(${Object.keys(PICTURES).join("|")})\\uFE0F?`, "u");

function picture(glyph) {
  const [name, colour = ""] = PICTURES[glyph].split(" ");
  const svg = document.createElementNS(SPACE, "svg");
  svg.setAttribute("class", `emoji ${colour}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SPACE, "use");
  use.setAttribute("href", `/static/analyst/emoji.svg#${name}`);
  svg.append(use);
  return svg;
}

/** The nodes of `text`, with a picture for each emoji that the desk uses. */
export function drawn(text) {
  // A pattern with a group splits into texts and what it found, in turn.
  return text.split(FOUND).map((piece, index) => (index % 2 ? picture(piece) : piece));
}
