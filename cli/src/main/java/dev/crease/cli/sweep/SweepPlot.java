package dev.crease.cli.sweep;

import dev.crease.BadInput;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.question.Asked;
import dev.crease.cli.question.PlotOptions;
import dev.crease.plots.PictureFormat;
import dev.crease.plots.SweepPicture;
import dev.crease.plots.SweepPicture.Spot;
import dev.crease.plots.SweepPicture.State;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A map of a sweep that is asked for and can be drawn.
 *
 * @param path where it goes
 * @param file the same, ready to be written
 * @param format what kind of picture
 * @param inputs what the coordinates of centres are called
 */
record SweepPlot(Path path, OutputFile file, PictureFormat format, List<String> inputs) {

  /**
   * Checks beforehand that it can be drawn.
   *
   * @throws BadInput if not
   */
  static SweepPlot at(Path path, List<String> inputs) {
    PictureFormat format = PlotOptions.format(path);
    if (inputs.size() > 2) {
      throw new BadInput(
          "--plot needs centres of one or two numbers, not "
              + inputs.size()
              + ": fix the others with --fix");
    }
    return new SweepPlot(path, OutputFile.at("--plot", path), format, inputs);
  }

  /** Draws all lines; returns a line on what was drawn. */
  String draw(Asked asked, Centers centers, List<SweepLine> lines) {
    List<Spot> spots =
        lines.stream()
            .sorted(Comparator.comparingInt(SweepLine::index))
            .map(line -> spot(centers, line))
            .toList();
    String title = asked.titleAnywhere();
    title = title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    double most = asked.query().maxRadius();
    file.write(format.render(new SweepPicture(spots, centers.arrangement(), most, title, inputs)));
    return "map of " + centers.counted() + " in " + path;
  }

  private static Spot spot(Centers centers, SweepLine line) {
    double[] center = centers.points().get(line.index());
    return Spot.of(center, line.certified(), line.claimed(), state(line));
  }

  private static State state(SweepLine line) {
    if (line.isFailed() && line.certified() == 0) {
      return State.FAILED;
    }
    return line.isClosed() ? State.CLOSED : State.OPEN;
  }
}
