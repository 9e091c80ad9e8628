package dev.crease.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * What goes to the terminal passes through here: names out of files may hold characters that move
 * the cursor, change colours or turn the direction of the text, and are written as {@code \u001b}
 * instead. In JSON, which may go the same way, that means the same character.
 */
public final class PlainWriter extends FilterWriter {

  private final boolean returns;

  /** The first half of a pair whose other half is still to come. */
  private char high;

  private PlainWriter(Writer out, boolean returns) {
    super(out);
    this.returns = returns;
  }

  /**
   * A writer that makes text plain.
   *
   * @param returns whether a carriage return is plain, as in a line that is written over
   */
  public static PrintWriter over(PrintWriter out, boolean returns) {
    return new PrintWriter(new PlainWriter(out, returns), true);
  }

  @Override
  public void write(int c) throws IOException {
    char next = (char) c;
    if (high != 0) {
      char first = high;
      high = 0;
      if (Character.isLowSurrogate(next)) {
        write(Character.toCodePoint(first, next), first, next);
        return;
      }
      escape(first);
    }
    if (Character.isHighSurrogate(next)) {
      high = next;
    } else {
      write(next, next);
    }
  }

  private void write(int codePoint, char... units) throws IOException {
    for (char unit : units) {
      if (isPlain(codePoint)) {
        out.write(unit);
      } else {
        escape(unit);
      }
    }
  }

  private void escape(char unit) throws IOException {
    out.write(String.format("\\u%04x", (int) unit));
  }

  private boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL ->
          codePoint == '\n' || codePoint == '\t' || (codePoint == '\r' && returns);
      case Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(text[i]);
    }
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(text.charAt(i));
    }
  }
}
