package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.cli.output.Numbers;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A list of points, one a line, numbers with commas between them; {@code #} starts a comment. */
public final class PointsFile {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** What the points are. */
  public enum Kind {
    /** What a network gives. */
    OUTPUT("an output", "outputs", false),
    /** What was measured; the first line may say what the columns are. */
    MEASUREMENT("an output", "outputs", true),
    /** Where a question is asked; the first line may say what the columns are. */
    CENTER("a centre", "centres", true);

    private final String one;
    private final String many;
    private final boolean header;

    Kind(String one, String many, boolean header) {
      this.one = one;
      this.many = many;
      this.header = header;
    }
  }

  private PointsFile() {}

  /**
   * Reads the points.
   *
   * @param dimension how many numbers each has
   * @throws BadInput if the file cannot be read, a line does not fit, or there is no point
   */
  public static List<double[]> read(Path file, int dimension, Kind kind) {
    List<double[]> points = new ArrayList<>();
    int number = 0;
    boolean first = true;
    for (String line : lines(file)) {
      number++;
      String content = line.replace(BYTE_ORDER_MARK, "").replaceFirst("#.*", "").strip();
      if (!content.isEmpty()) {
        String[] parts = content.split(",", -1);
        String where = file + ", line " + number;
        if (parts.length != dimension) {
          throw new BadInput(
              where
                  + ": "
                  + kind.one
                  + " has "
                  + dimension
                  + (dimension == 1 ? " number, not " : " numbers, not ")
                  + parts.length);
        }
        if (!first || !kind.header || !isHeader(parts)) {
          points.add(point(parts, where));
        }
        first = false;
      }
    }
    if (points.isEmpty()) {
      throw new BadInput(
          file + " holds no " + kind.many + "; write one a line, like " + example(dimension));
    }
    return points;
  }

  private static String example(int dimension) {
    return dimension == 1 ? "0.5" : "0.5,1.25" + ",0".repeat(dimension - 2);
  }

  /** Whether a line names columns: not one of its fields is a number. */
  private static boolean isHeader(String[] parts) {
    for (String part : parts) {
      if (part.isBlank() || number(part).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new BadInput(file + " is not a text file in UTF-8", e);
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read; check that there is such a file", e);
    }
  }

  private static double[] point(String[] parts, String where) {
    double[] point = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String text = parts[i].strip();
      point[i] =
          number(text)
              .orElseThrow(() -> new BadInput(where + ": \"" + text + "\" is not a number"));
      if (!Double.isFinite(point[i])) {
        throw new BadInput(where + ": " + text + " is not a finite number");
      }
    }
    return point;
  }

  /** Without the quotes that spreadsheets put around fields. */
  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Numbers.parse(unquoted(text.strip())));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
