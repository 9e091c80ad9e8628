package dev.crease.plots.chart;

/**
 * Text in SVG and HTML. What neither has a way to write, such as control characters and lone
 * surrogates, becomes U+FFFD.
 */
public final class Markup {

  private Markup() {}

  /** Text between tags. */
  public static String text(String text) {
    return escaped(text, false);
  }

  /** The value of an attribute, between quotes of either kind; may also stand between tags. */
  public static String attribute(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean quotes) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(quotes ? "&quot;" : "\"");
                case '\'' -> out.append(quotes ? "&#39;" : "'");
                default -> out.appendCodePoint(isWritable(c) ? c : 0xfffd);
              }
            });
    return out.toString();
  }

  private static boolean isWritable(int c) {
    boolean control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0);
    boolean surrogate = c >= 0xd800 && c < 0xe000;
    return !control && !surrogate && (c & 0xfffe) != 0xfffe && (c < 0xfdd0 || c > 0xfdef);
  }
}
