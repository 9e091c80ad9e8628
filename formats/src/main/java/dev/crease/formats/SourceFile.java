package dev.crease.formats;

import dev.crease.BadInput;
import dev.crease.Unsupported;

/**
 * A file being read, as the errors about it name it.
 *
 * @param label the file as the user gave it
 * @param networkName what the network read from it is called
 */
record SourceFile(String label, String networkName) {

  private static final int LONGEST_NAME = 80;

  /** An error about the content of the file: the label, and one line that says what and where. */
  BadInput bad(String message) {
    return new BadInput(printable(label, Integer.MAX_VALUE) + ": " + message);
  }

  /** An error about something in the file that is refused on purpose. */
  Unsupported unsupported(String message) {
    return new Unsupported(printable(label, Integer.MAX_VALUE) + ": " + message);
  }

  /** A name taken from the file, in quotes, fit for one line. */
  static String quoted(String name) {
    return "'" + printable(name, LONGEST_NAME) + "'";
  }

  private static String printable(String text, int limit) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(limit)
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
        .forEach(line::appendCodePoint);
    return text.codePointCount(0, text.length()) > limit ? line + "..." : line.toString();
  }
}
