package dev.crease.cli.question;

import dev.crease.Cancellation;
import dev.crease.bounds.Interval;
import dev.crease.certify.RadiusResult;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.output.Rational;
import dev.crease.network.ReluNetwork;
import dev.crease.plots.Labels;
import dev.crease.plots.PictureFormat;
import dev.crease.plots.RadiusPicture;
import dev.crease.plots.RegionColor;
import dev.crease.question.Units;
import dev.crease.regions.Preimage;
import dev.crease.regions.RegionEngine;
import dev.crease.regions.RegionMap;
import dev.crease.regions.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A picture that is asked for and can be drawn.
 *
 * @param path where it goes
 * @param file the same, ready to be written
 * @param format what kind of picture
 * @param window what to show; empty to show what is around the answer
 * @param engine finds what to draw
 * @param labels the words
 * @param color what the colours of regions say
 */
record Plot(
    Path path,
    OutputFile file,
    PictureFormat format,
    Optional<Window> window,
    RegionEngine engine,
    Labels labels,
    RegionColor color) {

  private static final double ROOM = 2.2;
  private static final int MOST_REGIONS = 20_000;

  /**
   * Draws a result.
   *
   * @return a line on what was drawn
   */
  String draw(RadiusResult result, Cancellation cancellation) {
    Units units = result.query().units();
    ReluNetwork f = units.f();
    double[] center = units.center();
    Window shown = window.orElseGet(() -> around(units, halfWidth(result)));
    RegionMap map = engine.regions(f, shown, MOST_REGIONS, cancellation);
    List<Preimage> preimages =
        engine
            .preimages(f, List.of(engine.evaluate(f, Rational.of(center))), shown, cancellation)
            .get(0);
    if (cancellation.isCancelled()) {
      return "no picture: interrupted";
    }
    file.write(format.render(new RadiusPicture(result, map, preimages, labels, color)));
    return "picture of "
        + map.regions().size()
        + (map.regions().size() == 1 ? " linear region in " : " linear regions in ")
        + path
        + (map.complete() ? "" : "; the window has more: a smaller --window shows all");
  }

  private static Window around(Units units, double halfWidth) {
    double[] center = units.center();
    double[] scale = units.scale();
    List<Interval> sides = new ArrayList<>();
    for (int j = 0; j < center.length; j++) {
      double half = halfWidth * scale[j];
      sides.add(new Interval(center[j] - half, center[j] + half));
    }
    return new Window(sides);
  }

  private static double halfWidth(RadiusResult result) {
    double radius = result.refuted().orElse(result.said());
    return radius > 0 ? ROOM * radius : result.query().maxRadius();
  }
}
