package dev.crease.cli.sweep;

import dev.crease.BadInput;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.question.PointsFile;
import dev.crease.cli.question.Question;
import dev.crease.network.ReluNetwork;
import dev.crease.plots.SweepPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say at which centres a question is asked; exactly one of them. */
final class CenterOptions {

  /** More lines than anybody reads; a slip in a grid would fill the memory. */
  private static final int MOST = 1_000_000;

  @Option(
      names = "--centers",
      paramLabel = "FILE",
      description =
          "Centres, one a line as X,X,...: a number for each input that is neither fixed "
              + "nor shared. # starts a comment; the first line may name the columns.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--grid",
      split = ",",
      paramLabel = "LO:HI:N",
      description =
          "N values from LO to HI for each input that is neither fixed nor shared; the "
              + "last changes first.")
  private List<String> grid = List.of();

  @Option(
      names = "--trajectory",
      paramLabel = "X,...:K",
      description =
          "A point and the K points that the network makes of it, step by step; fixed "
              + "inputs are its parameters.")
  private Optional<String> trajectory = Optional.empty();

  /**
   * The centres.
   *
   * @throws BadInput if they do not suit the question
   */
  Centers read(Question question) {
    if (file.isPresent()) {
      return new Centers(
          PointsFile.read(file.get(), question.dimension(), PointsFile.Kind.CENTER),
          new SweepPicture.Scattered());
    }
    return trajectory.map(text -> trajectory(text, question)).orElseGet(() -> grid(question));
  }

  private Centers grid(Question question) {
    int dimension = question.dimension();
    if (grid.size() != dimension) {
      throw new BadInput(
          "--grid has "
              + grid.size()
              + (grid.size() == 1 ? " side" : " sides")
              + ", but "
              + question.f().network().name()
              + " has "
              + dimension
              + (dimension == 1 ? " input" : " inputs")
              + " neither fixed nor shared");
    }
    List<double[]> axes = grid.stream().map(CenterOptions::axis).toList();
    long count = 1;
    for (double[] axis : axes) {
      count *= axis.length;
      if (count > MOST) {
        throw new BadInput("--grid has more than " + MOST + " centres; take a coarser one");
      }
    }
    List<double[]> points = List.of(new double[0]);
    for (double[] axis : axes) {
      List<double[]> longer = new ArrayList<>();
      for (double[] point : points) {
        for (double value : axis) {
          double[] more = Arrays.copyOf(point, point.length + 1);
          more[point.length] = value;
          longer.add(more);
        }
      }
      points = longer;
    }
    List<Double> spacing =
        axes.stream()
            .map(a -> a.length == 1 ? 0 : (a[a.length - 1] - a[0]) / (a.length - 1))
            .toList();
    return new Centers(points, new SweepPicture.Grid(spacing));
  }

  /** The values along one side, written as {@code LO:HI:N}. */
  static double[] axis(String side) {
    String[] parts = side.split(":", -1);
    try {
      if (parts.length != 3) {
        throw new NumberFormatException("three numbers are needed");
      }
      double lower = Numbers.parse(parts[0]);
      double upper = Numbers.parse(parts[1]);
      int count = Integer.parseInt(parts[2].strip());
      // Also refuses what is not a number.
      if (count < 1 || count > MOST || !(lower <= upper) || (count == 1) != (lower == upper)) {
        throw new NumberFormatException("it is empty");
      }
      double[] axis = new double[count];
      for (int i = 0; i < count; i++) {
        // Both ends as written, and round numbers between them.
        axis[i] = count == 1 ? lower : (lower * (count - 1 - i) + upper * i) / (count - 1);
        if (!Double.isFinite(axis[i])) {
          throw new NumberFormatException("it is not finite");
        }
      }
      return axis;
    } catch (NumberFormatException e) {
      throw new BadInput(
          "--grid: "
              + side
              + " is not the side of a grid; write it like 0:3:20, or 1:1:1 for one value",
          e);
    }
  }

  private static Centers trajectory(String text, Question question) {
    double[] start;
    int steps;
    try {
      int colon = text.lastIndexOf(':');
      if (colon < 0) {
        throw new NumberFormatException("the number of steps is missing");
      }
      start =
          Arrays.stream(text.substring(0, colon).split(",", -1))
              .mapToDouble(Double::parseDouble)
              .toArray();
      steps = Integer.parseInt(text.substring(colon + 1).strip());
      if (steps < 1 || steps >= MOST || !Arrays.stream(start).allMatch(Double::isFinite)) {
        throw new NumberFormatException("it is empty");
      }
    } catch (NumberFormatException e) {
      throw new BadInput(
          "--trajectory " + text + " is not a point and a number of steps; write it like 1,2.5:30",
          e);
    }
    if (!question.f().shared().isEmpty()) {
      throw new BadInput("--trajectory needs a value for each input: use --fix, not --share");
    }
    ReluNetwork step = question.f().source().network().fixInputs(question.preparation().fixed());
    if (step.inputs() != step.outputs()) {
      throw new BadInput(
          "--trajectory needs as many outputs as inputs that are not fixed; %s has %d and %d"
              .formatted(step.name(), step.outputs(), step.inputs()));
    }
    if (start.length != step.inputs()) {
      throw new BadInput(
          "--trajectory starts at a point with %d numbers, but %s takes %d inputs that are not fixed"
              .formatted(start.length, step.name(), step.inputs()));
    }
    List<double[]> points = new ArrayList<>(List.of(start));
    for (int k = 1; k <= steps; k++) {
      double[] next = step.evaluate(points.get(k - 1));
      if (!Arrays.stream(next).allMatch(Double::isFinite)) {
        throw new BadInput("--trajectory leaves the finite numbers at step " + k);
      }
      points.add(next);
    }
    return new Centers(points, new SweepPicture.Trajectory());
  }
}
