package dev.crease.formats.source;

import dev.crease.BadInput;
import dev.crease.Unsupported;

/**
 * A file being read, as the errors about it name it.
 *
 * @param label the file as the user gave it
 * @param networkName what the network read from it is called
 */
public record SourceFile(String label, String networkName) {

  private static final int LONGEST_NAME = 80;

  /** An error about the content of the file: the label, and one line that says what and where. */
  public BadInput bad(String message) {
    return new BadInput(printable(label, Integer.MAX_VALUE) + ": " + message);
  }

  /** An error about something in the file that is refused on purpose. */
  public Unsupported unsupported(String message) {
    return new Unsupported(printable(label, Integer.MAX_VALUE) + ": " + message);
  }

  /** A name taken from the file, in quotes, fit for one line. */
  public static String quoted(String name) {
    return "'" + printable(name, LONGEST_NAME) + "'";
  }

  private static String printable(String text, int limit) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(limit)
        .map(c -> isPrintable(c) ? c : '?')
        .forEach(line::appendCodePoint);
    return text.codePointCount(0, text.length()) > limit ? line + "..." : line.toString();
  }

  /** Whether a character neither breaks a line nor changes how others are shown. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
