package dev.crease.cli;

import dev.crease.BadInput;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A list of points, one a line, numbers with commas between them; {@code #} starts a comment. */
final class OutputsFile {

  private OutputsFile() {}

  /**
   * Reads the points.
   *
   * @param dimension how many numbers each has
   * @throws BadInput if the file cannot be read, a line does not fit, or there is no point
   */
  static List<double[]> read(Path file, int dimension) {
    List<double[]> points = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String content = line.replaceFirst("#.*", "").strip();
      if (!content.isEmpty()) {
        points.add(point(content, file + ", line " + number, dimension));
      }
    }
    if (points.isEmpty()) {
      throw new BadInput(file + " holds no outputs; write one a line, like 0.5,1.25");
    }
    return points;
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

  private static double[] point(String content, String where, int dimension) {
    String[] parts = content.split(",", -1);
    if (parts.length != dimension) {
      throw new BadInput(where + ": an output has " + dimension + " numbers, not " + parts.length);
    }
    double[] point = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      try {
        point[i] = Double.parseDouble(parts[i].strip());
      } catch (NumberFormatException e) {
        throw new BadInput(where + ": \"" + parts[i].strip() + "\" is not a number", e);
      }
      if (!Double.isFinite(point[i])) {
        throw new BadInput(where + ": " + parts[i].strip() + " is not a finite number");
      }
    }
    return point;
  }
}
