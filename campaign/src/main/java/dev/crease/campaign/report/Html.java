package dev.crease.campaign.report;

import dev.crease.plots.chart.Markup;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML and SVG. Every text and attribute goes through {@link Markup}. */
final class Html {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** An element with names and values of attributes in turn; to be closed. */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element opened last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Closes it and begins a line, where blanks between elements do not show. */
  Html closeLine() {
    close();
    out.append('\n');
    return this;
  }

  /** An element without content: void in HTML, closed at once in SVG. */
  Html empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** An element with text alone. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  Html text(String text) {
    out.append(Markup.attribute(text));
    return this;
  }

  /** What is HTML already: our own resources, never a text of the campaign. */
  Html trusted(String html) {
    out.append(html);
    return this;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.toString();
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(Markup.attribute(attributes[i + 1])).append('"');
    }
  }
}
